using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Reporting;

namespace SreLab.Fixtures.Tests.Reporting;

public sealed class FaultIncidentsTests
{
    [Fact]
    public void A_page_says_what_happened_what_it_cost_and_where_the_time_went()
    {
        var good = Ledger.Good();
        var page = FaultIncidents.Write(good with { Record = good.Record with { Events = [new EventRecord(Ledger.InjectedMs + 1200, "pg-2 left recovery")] } }, Ledger.Objectives);

        page.Should().StartWith("# Incident: kill-postmaster 1\n")
            .And.Contain("could not write for 1.5").And.Contain("0 of 850 acknowledged writes were lost")
            .And.Contain("150 of 1,000 writes failed")
            .And.Contain("last acknowledged write").And.Contain("first acknowledged write").And.Contain("| +1.20 s | pg-2 left recovery | `kill-postmaster-1/fault.json` |")
            .And.Contain("most of all (detection")
            .And.Contain("make failover");
    }

    [Fact]
    public void Lost_writes_are_in_the_summary()
    {
        var good = Ledger.Good();
        var lost = good with { ReadBack = good.ReadBack.ToDictionary(m => m.Key, m => (IReadOnlyList<long>)[.. m.Value.Skip(1)]) };

        FaultIncidents.Write(lost, Ledger.Objectives).Should().Contain("1 of 850 acknowledged writes were lost");
    }

    [Fact]
    public void What_was_not_seen_is_unknown()
    {
        var good = Ledger.Good();

        FaultIncidents.Write(good with { Operations = [] }, Ledger.Objectives).Should().Contain("Unknown: no write was recorded.").And.Contain("for an unknown time");
        FaultIncidents.Write(good with { Record = good.Record with { NewLeaderMs = null, PromotedMs = null } }, Ledger.Objectives)
            .Should().Contain("Unknown: no standby was seen to take over.");
        FaultIncidents.Write(good.WithOperations(o => o.Outcome != Outcome.Acknowledged || o.EndedMs < Ledger.InjectedMs), Ledger.Objectives)
            .Should().Contain("for >= ").And.NotContain("first acknowledged write");
    }

    [Fact]
    public void A_fault_that_takes_no_primary_away_is_told_as_what_it_is()
    {
        var good = Ledger.Good(FaultKinds.PauseReplay);
        var record = good.Record with { Victim = "pg-2", NewPrimary = "pg-1", TimelineAfter = 1, NewLeaderMs = null, PromotedMs = null };

        FaultIncidents.Write(good with { Record = record }, Ledger.Objectives).Should()
            .Contain("Replay paused (pg-2): pg_wal_replay_pause() on a standby").And.Contain("pg-1 was the primary and leads still.")
            .And.Contain("Nobody had to take over").And.NotContain("was lost;").And.Contain("make failover\n");
        FaultIncidents.Write(good with { Record = record with { Kind = FaultKinds.CutFromStandbys } }, Ledger.Objectives).Should().Contain("nobody could confirm a write meanwhile");
        FaultIncidents.Write(good with { Record = record with { Kind = FaultKinds.Switchover } }, Ledger.Objectives).Should().Contain("make switchover");
    }
}

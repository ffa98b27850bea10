using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class WriteOutageTests
{
    [Fact]
    public void The_outage_is_last_acknowledgement_before_to_first_after_with_its_phases()
    {
        var measure = WriteOutage.Measure(Ledger.Good())!;

        measure.Seconds.Should().BeApproximately(1.51, 1e-9);
        measure.IsCensored.Should().BeFalse();
        measure.DetectSeconds.Should().BeApproximately(1.0, 1e-9);
        measure.PromoteSeconds.Should().BeApproximately(0.2, 1e-9);
        measure.RerouteSeconds.Should().BeApproximately(0.3, 1e-9);
        measure.WorstWriterSeconds.Should().BeApproximately(1.56, 1e-9);
        measure.MissedDeadlines.Should().Be(150);
        measure.ResolutionMs.Should().Be(10);
        measure.LeaseRatio.Should().BeApproximately(1.51 / 20, 1e-9);
    }

    [Fact]
    public void An_answer_that_was_on_its_way_when_the_signal_fell_does_not_split_the_outage()
    {
        var history = Ledger.Good();
        var late = Ledger.Acknowledged(7001, Ledger.InjectedMs + 4);

        WriteOutage.Measure(history with { Operations = [.. history.Operations, late] })!.Seconds.Should().BeApproximately(1.496, 1e-9);
    }

    [Fact]
    public void A_pause_before_the_fault_is_not_counted() =>
        WriteOutage.Measure(Ledger.Good().WithOperations(o => o.EndedMs is < 500 or > 2500))!.Seconds.Should().BeApproximately(1.51, 1e-9);

    [Fact]
    public void A_run_that_never_recovered_is_broken_with_a_lower_bound()
    {
        var never = Ledger.Good().WithOperations(o => o.Outcome != Outcome.Acknowledged || o.EndedMs < Ledger.InjectedMs);

        var verdict = WriteOutage.CheckPostmasterMedian([Ledger.Good(), never, Ledger.Good()], Ledger.Objectives);

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Measured.Should().Be(">= 1.50 s");
        verdict.Details[0].Should().StartWith("kill-postmaster 1: >= 1.50 s");
    }

    [Fact]
    public void The_median_and_the_worst_are_judged_apart()
    {
        FaultHistory[] runs = [Ledger.Good(), Ledger.Good(), Ledger.Good(backMs: 11_000)];

        WriteOutage.CheckPostmasterMedian(runs, Ledger.Objectives).Kind.Should().Be(VerdictKind.Holds);
        var worst = WriteOutage.CheckPostmasterWorst(runs, Ledger.Objectives);
        worst.Kind.Should().Be(VerdictKind.Broken);
        worst.Summary.Should().Be("failover-postmaster-worst broken: worst 6.01 s of 3; the objective is worst <= 5 s.");
        worst.Details[0].Should().Contain("6.01 s");
    }

    [Fact]
    public void A_member_outage_longer_than_its_lease_explains_is_broken_below_the_ceiling()
    {
        var run = Ledger.Good(FaultKinds.KillMember, backMs: 20_000, leaseLeftSeconds: 10);

        WriteOutage.CheckMemberWorst([run], Ledger.Objectives).Kind.Should().Be(VerdictKind.Holds);
        var ratio = WriteOutage.CheckMemberLeaseRatio([run], Ledger.Objectives);
        ratio.Kind.Should().Be(VerdictKind.Broken);
        ratio.Measured.Should().Be("worst 1.36 x (lease left + 1 s) of 1");
    }

    [Fact]
    public void A_lease_that_was_not_read_leaves_the_ratio_unknown() =>
        WriteOutage.CheckMemberLeaseRatio([Ledger.Good(FaultKinds.KillMember, leaseLeftSeconds: null)], Ledger.Objectives).Kind.Should().Be(VerdictKind.Unknown);

    [Fact]
    public void A_quiet_run_is_no_evidence() =>
        WriteOutage.CheckPostmasterWorst([Ledger.Good().WithOperations(o => o.Id % 2 == 0)], Ledger.Objectives).Kind.Should().Be(VerdictKind.Unknown);

    [Fact]
    public void A_run_without_a_write_before_the_fault_cannot_be_measured()
    {
        var run = Ledger.Good().WithOperations(o => o.EndedMs > Ledger.InjectedMs);

        WriteOutage.Measure(run).Should().BeNull();
        WriteOutage.CheckPostmasterWorst([run], Ledger.Objectives).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void Faults_of_the_other_kind_say_nothing() =>
        WriteOutage.CheckMemberWorst([Ledger.Good()], Ledger.Objectives).Summary.Should().Be("failover-member-worst unknown: no kill-member was recorded.");
}

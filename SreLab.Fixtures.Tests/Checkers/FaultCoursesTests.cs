using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class FaultCoursesTests
{
    private static FaultEntry Entry(Takeover takeover, WritesDuring writes = WritesDuring.Return) => new("tried", "tried", "tried") { Takeover = takeover, Writes = writes };

    private static FaultHistory Stayed(FaultHistory history) => history with { Record = history.Record with { NewPrimary = "pg-1", TimelineAfter = 1, PromotedMs = null, NewLeaderMs = null } };

    [Fact]
    public void A_required_takeover_that_came_holds() =>
        FaultCourses.Check(Ledger.Good(), Entry(Takeover.Required)).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void A_required_takeover_that_did_not_come_is_broken() =>
        Broken(Stayed(Ledger.Good()), Entry(Takeover.Required)).Should().Contain("nobody took over");

    [Fact]
    public void A_takeover_without_need_is_broken() =>
        Broken(Ledger.Good(), Entry(Takeover.Forbidden)).Should().Contain("somebody took over without need: pg-1 on timeline 1, then pg-2 on 2");

    [Fact]
    public void A_primary_that_went_and_came_back_on_another_timeline_was_taken_over_too()
    {
        var history = Ledger.Good();

        Broken(history with { Record = history.Record with { NewPrimary = "pg-1" } }, Entry(Takeover.Forbidden)).Should().Contain("without need");
    }

    [Fact]
    public void A_member_that_leads_again_once_the_change_was_undone_was_taken_over()
    {
        var history = Ledger.Good();
        var back = history with { Record = history.Record with { NewPrimary = "pg-1", TimelineAfter = history.Record.TimelineBefore + 2 } };

        FaultCourses.Check(back, Entry(Takeover.Required)).Kind.Should().Be(VerdictKind.Holds);
        Broken(back with { Record = back.Record with { PromotedMs = null } }, Entry(Takeover.Required)).Should().Contain("nobody took over", "it may have gone down and up twice");
        Broken(back with { Record = back.Record with { TimelineAfter = history.Record.TimelineBefore + 1 } }, Entry(Takeover.Required)).Should().Contain("nobody took over");
    }

    [Fact]
    public void Either_is_right_where_a_takeover_is_possible()
    {
        FaultCourses.Check(Ledger.Good(), Entry(Takeover.Possible)).Kind.Should().Be(VerdictKind.Holds);
        FaultCourses.Check(Stayed(Ledger.Good()), Entry(Takeover.Possible)).Measured.Should().Be("pg-1 leads throughout");
    }

    [Fact]
    public void Writes_that_do_not_come_back_while_it_lasts_are_broken()
    {
        var history = Ledger.Good();

        Broken(history.WithOperations(o => o.Outcome != Outcome.Acknowledged || o.EndedMs < Ledger.InjectedMs || o.SentMs > history.Record.RecoveredMs), Entry(Takeover.Required))
            .Should().Contain("no write was acknowledged while it lasted");
    }

    [Fact]
    public void Writes_that_stop_until_it_is_taken_back_hold() =>
        FaultCourses.Check(Silent(), Entry(Takeover.Forbidden, WritesDuring.Stop)).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void A_write_that_is_acknowledged_while_nobody_can_confirm_it_is_broken()
    {
        var silent = Silent();

        Broken(silent with { Operations = [.. silent.Operations, Ledger.Acknowledged(7001, 9000)] }, Entry(Takeover.Forbidden, WritesDuring.Stop))
            .Should().Contain("1 writes were acknowledged while nobody could confirm them, the first by 127.0.0.11/1");
    }

    [Fact]
    public void A_silence_that_is_too_short_or_in_which_nobody_tried_is_unknown()
    {
        var silent = Silent();
        var entry = Entry(Takeover.Forbidden, WritesDuring.Stop);

        FaultCourses.Check(silent with { Record = silent.Record with { RecoveredMs = Ledger.InjectedMs + 3000 } }, entry).Summary.Should().Contain("before silence could be shown");
        FaultCourses.Check(silent.WithOperations(o => o.EndedMs < Ledger.InjectedMs || o.SentMs > silent.Record.RecoveredMs), entry).Summary.Should().Contain("no write was tried");
    }

    [Fact]
    public void Without_a_record_of_the_cluster_it_is_unknown()
    {
        var history = Ledger.Good();

        FaultCourses.Check(history with { Record = history.Record with { MembersAfter = [] } }, Entry(Takeover.Required)).Kind.Should().Be(VerdictKind.Unknown);
        FaultCourses.CheckAll([], Entry(Takeover.Required)).Kind.Should().Be(VerdictKind.Unknown);
    }

    private static string Broken(FaultHistory history, FaultEntry entry)
    {
        var verdict = FaultCourses.Check(history, entry);
        verdict.Kind.Should().Be(VerdictKind.Broken);
        return verdict.Summary;
    }

    /// <summary>Writes are refused from the fault until 12 s, when it is taken back.</summary>
    private static FaultHistory Silent()
    {
        var history = Ledger.Good(backMs: 12_000);
        return Stayed(history with { Record = history.Record with { RecoveredMs = 11_900 } });
    }
}

using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class StaleReadTests
{
    private const string Stored = "SreLab.Fixtures.Tests/testdata/heartbeat";

    [Fact]
    public void Reads_that_show_the_latest_beat_hold()
    {
        var verdict = Check(Heartbeats.Good());

        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.Objective.Should().Be("<= 1 s outside of a fault, <= 2 s inside");
        verdict.Measured.Should().Be("worst 0.00 s outside, 0.00 s inside");
        verdict.Details.Should().HaveCount(2).And.Contain("pg-2: 49 reads, worst 0.00 s outside, 0.00 s inside; the oldest at +0.150 s");
    }

    [Fact]
    public void A_read_is_as_old_as_the_first_acknowledgement_that_it_does_not_show()
    {
        // Beat 11 was acknowledged at 1105 ms.
        ReadAge.Of(Heartbeats.Good().With(Heartbeats.Read(1605, 10)), Heartbeats.Faults).Max(a => a.Seconds).Should().BeApproximately(0.5, 1e-9);
        ReadAge.Of(Heartbeats.Good().With(Heartbeats.Read(1104, 10)), Heartbeats.Faults).Max(a => a.Seconds).Should().Be(0);
    }

    [Fact]
    public void A_beat_that_nobody_was_told_of_makes_no_read_old()
    {
        // From beat 39 on none was acknowledged until beat 55 at 5505 ms.
        ReadAge.Of(Heartbeats.Good().With(Heartbeats.Read(5500, 39)), Heartbeats.Faults).Max(a => a.Seconds).Should().Be(0);
    }

    [Fact]
    public void A_read_that_is_too_old_outside_of_the_fault_is_broken_and_names_the_server() =>
        Broken(Heartbeats.Good().With(Heartbeats.Read(9002, 70))).Should()
            .Be("stale read in kill-member 1: pg-3 showed beat 70 at +9.002 s, 1.90 s old outside of the fault, the worst of 1; 1 s are allowed.");

    [Fact]
    public void Each_server_that_is_too_old_is_named_once_with_its_worst_read()
    {
        var verdict = Check(Heartbeats.Good().With(Heartbeats.Read(9002, 70)).With(Heartbeats.Read(9102, 70)).With(Heartbeats.Read(9202, 75, "pg-2")));

        verdict.Details.Take(2).Should().SatisfyRespectively(
            first => first.Should().StartWith("pg-3 showed beat 70 at +9.102 s, 2.00 s old outside of the fault, the worst of 2"),
            second => second.Should().StartWith("pg-2 showed beat 75 at +9.202 s, 1.60 s old outside of the fault, the worst of 1"));
    }

    [Fact]
    public void Inside_the_fault_its_own_limit_counts()
    {
        var history = Heartbeats.Good().With(Heartbeats.Read(6902, 30));

        StaleRead.Check(history, Heartbeats.Faults, Ledger.Objectives, 2).Summary.Should().Contain("3.80 s old inside of the fault, the worst of 1; 2 s are allowed");
        StaleRead.Check(history, Heartbeats.Faults, Ledger.Objectives, 4).Kind.Should().Be(VerdictKind.Holds);
        StaleRead.Check(history, Heartbeats.Faults, Ledger.Objectives, null).Kind.Should().Be(VerdictKind.Holds);
        StaleRead.Check(history, Heartbeats.Faults, Ledger.Objectives, null).Measured.Should().Be("worst 0.00 s outside, 3.80 s inside");
    }

    [Fact]
    public void A_beat_that_was_never_attempted_is_broken_wherever_it_is_shown() =>
        Broken(Heartbeats.Good().With(Heartbeats.Read(5000, 4711))).Should().Contain("pg-3 showed beat 4711 at +5.000 s, which was never attempted");

    [Fact]
    public void A_beat_before_it_was_sent_is_broken() =>
        Broken(Heartbeats.Good().With(Heartbeats.Read(5000, 90))).Should().Contain("showed beat 90 at +5.000 s, which was sent at +9.001 s");

    [Fact]
    public void An_indeterminate_beat_may_be_shown_and_so_may_none() =>
        Check(Heartbeats.Good().With(Heartbeats.Read(4450, 42)).With(Heartbeats.Read(50, 0))).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void Too_few_reads_leave_it_unknown() =>
        Unknown(Heartbeats.Good().Reads(r => r.SentMs % 500 < 300)).Should().Contain("61 % of the scheduled reads were made while the endpoint answered; 80 % are needed");

    [Fact]
    public void Reads_that_nobody_answered_are_not_held_against_it() =>
        Check(Heartbeats.Good() with { Reads = [.. Heartbeats.Good().Reads.Select(r => r.SentMs is > 4000 and < 6000 ? Heartbeats.Unanswered(r.SentMs) : r)] }).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void No_standby_read_before_the_fault_leaves_it_unknown() =>
        Unknown(Heartbeats.Good().Reads(r => r.SentMs > 4000)).Should().Contain("no standby was read before the fault");

    [Fact]
    public void Reads_of_the_primary_alone_prove_nothing() =>
        Unknown(Heartbeats.Good() with { Reads = [.. Heartbeats.Good().Reads.Select(r => r.SentMs > 7000 ? r with { IsStandby = false } : r)] }).Should().Contain("no standby was read after the heal");

    [Fact]
    public void No_beat_on_either_side_of_the_fault_leaves_it_unknown()
    {
        Unknown(Acknowledged(b => b.SentMs > 4000)).Should().Contain("no beat was acknowledged before the fault");
        Unknown(Acknowledged(b => b.SentMs < 7000)).Should().Contain("no beat was acknowledged after the heal");
    }

    [Fact]
    public void A_torn_history_leaves_it_unknown() => Unknown(Heartbeats.Good() with { IsTorn = true }).Should().Contain("lost its last line");

    [Fact]
    public void No_heartbeat_no_fault_and_no_heal_are_unknown()
    {
        StaleRead.Check(null, Heartbeats.Faults, Ledger.Objectives, 2).Kind.Should().Be(VerdictKind.Unknown);
        StaleRead.Check(Heartbeats.Good(), [], Ledger.Objectives, 2).Summary.Should().Contain("no fault was recorded");
        StaleRead.Check(Heartbeats.Good(), [Heartbeats.Faults[0] with { HealedMs = null }], Ledger.Objectives, 2).Summary.Should().Contain("kill-member 1 was never healed");
    }

    [Theory]
    [InlineData("good", 7934, 12_505, VerdictKind.Holds)]
    [InlineData("nowhere", 15_543, 25_729, VerdictKind.Broken)]
    [InlineData("starved", 7505, 12_017, VerdictKind.Unknown)]
    public void Stored_histories_are_judged_as_they_were(string name, double injectedMs, double healedMs, VerdictKind kind) =>
        StaleRead.Check(HeartbeatHistory.TryLoad(new RunStore(Repository.PathOf(Stored)), name), [new FaultWindow(name, injectedMs, healedMs)], Ledger.Objectives, 2).Kind.Should().Be(kind);

    [Fact]
    public void A_folder_without_a_heartbeat_has_none() => HeartbeatHistory.TryLoad(new RunStore(Repository.PathOf(Stored)), "absent").Should().BeNull();

    private static Verdict Check(HeartbeatHistory history) => StaleRead.Check(history, Heartbeats.Faults, Ledger.Objectives, 2);

    private static HeartbeatHistory Acknowledged(Func<Operation, bool> isKept) => Heartbeats.Good() with
    {
        Beats = [.. Heartbeats.Good().Beats.Select(b => isKept(b) ? b : b with { Outcome = Outcome.Indeterminate })],
    };

    private static string Broken(HeartbeatHistory history)
    {
        var verdict = Check(history);
        verdict.Kind.Should().Be(VerdictKind.Broken);
        return verdict.Summary;
    }

    private static string Unknown(HeartbeatHistory history)
    {
        var verdict = Check(history);
        verdict.Kind.Should().Be(VerdictKind.Unknown);
        return verdict.Summary;
    }
}

using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class SplitBrainTests
{
    [Fact]
    public void One_primary_after_the_other_holds()
    {
        var verdict = SplitBrain.Check(Ledger.Good());

        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.Details.Should().ContainSingle().Which.Should().EndWith("accepted by pg-1, then pg-2");
    }

    [Fact]
    public void Two_members_that_accept_in_overlapping_intervals_are_two_primaries() =>
        Broken(Ledger.Probe("pg-1", 6402, timeline: 1, lengthMs: 50)).Should().Contain("pg-2 on timeline 2 at +6.401 s and pg-1 on timeline 1 at +6.402 s overlap");

    [Fact]
    public void An_old_primary_that_accepts_after_the_new_ones_first_accept_is_a_second_primary() =>
        Broken(Ledger.Probe("pg-1", 7050, timeline: 1)).Should().Contain("pg-1 on timeline 1 at +7.050 s came after pg-2 on timeline 2 at +6.301 s");

    [Fact]
    public void Two_members_on_one_timeline_are_two_primaries_even_without_an_overlap() =>
        Broken(Ledger.Probe("pg-3", 4050, timeline: 1)).Should().Contain("shares its timeline");

    [Fact]
    public void A_write_acknowledged_on_the_old_timeline_after_the_new_ones_first_is_a_second_primary()
    {
        var history = Ledger.Good();
        var verdict = SplitBrain.Check(history with { Operations = [.. history.Operations, Ledger.Acknowledged(5001, 8000, timeline: 1)] });

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Summary.Should().Contain("write 5001 was acknowledged by 127.0.0.11/1 at +8.000 s, after 127.0.0.12/2 at +6.500 s");
    }

    [Fact]
    public void Local_commits_of_a_primary_that_nothing_could_fence_are_told_and_not_judged()
    {
        var verdict = SplitBrain.Check(Unfenced());

        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.Details.Should().Contain(d => d.Contains("pg-1 took local commits until 0.8 s after pg-2 took the first, and acknowledged none", StringComparison.Ordinal));
    }

    [Fact]
    public void A_synchronous_commit_of_a_primary_that_nothing_could_fence_is_a_second_primary()
    {
        var unfenced = Unfenced();
        var verdict = SplitBrain.Check(unfenced with { Probe = [.. unfenced.Probe, Ledger.Probe("pg-1", 7050, timeline: 1) with { IsSynchronous = true }] });

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Summary.Should().Contain("a synchronous commit of the probe was acknowledged by pg-1 itself at +7.053 s, after 127.0.0.12/2 at +6.500 s");
    }

    [Fact]
    public void Without_synchronous_commits_nothing_is_known_of_a_primary_that_nothing_could_fence()
    {
        var unfenced = Unfenced();
        var verdict = SplitBrain.Check(unfenced with { Probe = [.. unfenced.Probe.Where(p => !p.IsSynchronous)] });

        verdict.Kind.Should().Be(VerdictKind.Unknown);
        verdict.Summary.Should().Contain("pg-1 was not asked for a commit that waits for standbys");
    }

    [Fact]
    public void A_member_that_was_never_asked_during_the_fault_leaves_it_unknown() =>
        Unknown(p => p.Member != "pg-3" || p.SentMs < Ledger.InjectedMs).Should().Contain("pg-3 was never asked during the fault");

    [Fact]
    public void A_member_that_went_unasked_for_long_leaves_it_unknown()
    {
        var history = Ledger.Good(FaultKinds.KillMember, backMs: 20_000);
        var verdict = SplitBrain.Check(history with { Probe = [.. history.Probe.Where(p => p.Member != "pg-1" || p.SentMs is < 7000 or > 13_000)] });

        verdict.Kind.Should().Be(VerdictKind.Unknown);
        verdict.Summary.Should().Contain("pg-1 was not asked for 6.1 s");
    }

    [Fact]
    public void A_probe_that_never_saw_a_primary_has_proved_nothing() =>
        Unknown(p => !p.Accepted).Should().Contain("no attempt was accepted anywhere");

    [Fact]
    public void A_probe_that_saw_no_primary_after_the_fault_has_proved_nothing() =>
        Unknown(p => p.Timeline != 2).Should().Contain("no attempt was accepted after the fault");

    [Fact]
    public void No_fault_is_unknown() => SplitBrain.CheckAll([]).Kind.Should().Be(VerdictKind.Unknown);

    private static string Broken(ProbeAttempt planted)
    {
        var history = Ledger.Good();
        var verdict = SplitBrain.Check(history with { Probe = [.. history.Probe, planted] });
        verdict.Kind.Should().Be(VerdictKind.Broken);
        return string.Join('\n', verdict.Details);
    }

    private static string Unknown(Func<ProbeAttempt, bool> keep)
    {
        var history = Ledger.Good();
        var verdict = SplitBrain.Check(history with { Probe = [.. history.Probe.Where(keep)] });
        verdict.Kind.Should().Be(VerdictKind.Unknown);
        return verdict.Summary;
    }

    private static FaultHistory Unfenced()
    {
        var history = Ledger.Good(FaultKinds.HangPatroni);
        return history with
        {
            Probe =
            [
                .. history.Probe,
                Ledger.Probe("pg-1", 7050, timeline: 1),
                Ledger.Probe("pg-1", 6000) with { IsSynchronous = true, EndedMs = 8000, Error = "57P01" },
            ],
        };
    }
}

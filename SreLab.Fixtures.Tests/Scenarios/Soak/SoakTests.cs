using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Soak;

namespace SreLab.Fixtures.Tests.Scenarios.Soak;

public sealed class SoakTests
{
    private static readonly Verdict Held = Verdict.Holds("holds.", "0", "0");

    [Fact]
    public void The_same_seed_gives_the_same_sequence_and_another_one_another()
    {
        SoakPlan.Draw(60, 7, []).Should().Equal(SoakPlan.Draw(60, 7, []));
        SoakPlan.Draw(60, 7, []).Should().NotEqual(SoakPlan.Draw(60, 8, []));
        SoakPlan.Draw(90, 7, []).Take(60).Should().Equal(SoakPlan.Draw(60, 7, []));
    }

    [Fact]
    public void Many_faults_have_every_kind_that_a_soak_draws_and_some_fall_two_at_once()
    {
        var steps = SoakPlan.Draw(1000, 1, []);

        steps.Select(s => s.Fault.Kind).Distinct().Should().BeEquivalentTo(FaultCatalogue.All.Where(e => e.IsInSoak).Select(e => e.Kind));
        steps.Count(s => s.Second is not null).Should().BeInRange(50, 300);
        steps.Should().OnlyContain(s => s.Second == null || s.Second.Kind != s.Fault.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void A_number_that_makes_no_sense_is_refused(int faults)
    {
        var draw = () => SoakPlan.Draw(faults, 1, []);

        draw.Should().Throw<LabException>().WithMessage("soak refused: FAULTS=*");
    }

    [Fact]
    public void One_kind_can_be_drawn_again_and_again_and_one_that_a_soak_has_not_is_refused()
    {
        SoakPlan.Draw(20, 1, [FaultKinds.CutFromStore]).Should().HaveCount(20).And.OnlyContain(s => s.Fault.Kind == FaultKinds.CutFromStore);

        var draw = () => SoakPlan.Draw(20, 1, [FaultKinds.FillVolume]);

        draw.Should().Throw<LabException>().WithMessage("soak refused: no fault that a soak draws is called fill-volume*");
    }

    [Fact]
    public void A_broken_promise_and_a_fault_that_could_not_be_carried_out_end_it_and_a_late_write_does_not()
    {
        Step(1, ("durability", Held), ("outage", Verdict.Broken("late.", "2 s", "3 s"))).Stops.Should().BeNull();
        Step(1, ("durability", Verdict.Broken("lost.", "0", "1"))).Stops.Should().Be("durability: lost.");
        (Step(1) with { Failure = "timed out\n  more" }).Stops.Should().Be("timed out");
        Step(1, ("bank", Verdict.Unknown("unread."))).Stops.Should().BeNull();
    }

    [Fact]
    public void A_soak_that_was_survived_says_so_with_its_bound_and_how_to_repeat_it()
    {
        var page = SoakSummary.Write(Soak(null, Step(1, ("durability", Held), ("outage", Held)), Step(2, ("durability", Held), ("outage", Verdict.Broken("late.", "2 s", "3 s")))));

        page.Should().Contain("**Survived 2 of 2 faults**, 1 with an outage beyond its limit").And.Contain("make soak FAULTS=2 SEED=7").And.Contain(LossBound.Describe(2, 0));
    }

    [Fact]
    public void A_soak_with_something_unknown_is_unknown_and_one_that_stopped_says_where() =>
        (SoakSummary.Write(Soak(null, Step(1, ("bank", Verdict.Unknown("unread.")))))
            + SoakSummary.Write(Soak("stopped at fault 1", Step(1, ("durability", Verdict.Broken("lost.", "0", "1"))))))
            .Should().Contain("**Unknown.**").And.Contain("**Not survived: stopped at fault 1.**").And.Contain(LossBound.Describe(0, 1));

    [Fact]
    public void What_was_acknowledged_early_and_is_gone_at_the_end_is_a_loss()
    {
        SurvivedLedger.Check([1, 2], new Dictionary<string, IReadOnlyCollection<long>> { ["pg-1"] = [1L, 2L, 3L], ["pg-2"] = [1L, 2L] }).Kind.Should().Be(VerdictKind.Holds);
        SurvivedLedger.Check([1, 2], new Dictionary<string, IReadOnlyCollection<long>> { ["pg-1"] = [1L, 2L], ["pg-2"] = [1L] }).Details.Should().Equal("2 absent on pg-2");
        SurvivedLedger.Check([], new Dictionary<string, IReadOnlyCollection<long>> { ["pg-1"] = [] }).Kind.Should().Be(VerdictKind.Unknown);
    }

    private static SoakRecord Soak(string? stopped, params SoakStepRecord[] steps) => new() { Seed = 7, Planned = steps.Length, Steps = steps, Stopped = stopped, Ledger = null };

    private static SoakStepRecord Step(int number, params (string Name, Verdict Verdict)[] verdicts) => new()
    {
        Number = number,
        Kind = FaultKinds.KillProxy,
        Second = null,
        OutageSeconds = 1,
        Verdicts = verdicts.ToDictionary(v => v.Name, v => v.Verdict, StringComparer.Ordinal),
    };
}

using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Targets;
using static SreLab.Fixtures.Tests.Checkers.BatteryRecords;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class DefectsToldApartTests
{
    public static TheoryData<string> Defects => [.. WorkloadDefects.All];

    [Fact]
    public void The_catalogue_knows_every_defect_and_every_promise_that_it_names()
    {
        DefectCatalogue.All.Select(s => s.Defect).Should().BeEquivalentTo(WorkloadDefects.All);
        DefectCatalogue.All.SelectMany(s => s.Breaks.Concat(s.Follows)).Should().BeSubsetOf(WorkloadJudges.All.Select(j => j.Id));
        DefectCatalogue.All.Should().OnlyContain(s => s.Breaks.Count > 0 && s.ShownBy.Length > 0 && !s.Breaks.Intersect(s.Follows).Any());
    }

    [Fact]
    public void No_two_defects_have_the_same_signature()
    {
        foreach (var one in DefectCatalogue.All)
        {
            DefectCatalogue.All.Where(other => other.Explains(one.Breaks)).Should().ContainSingle().Which.Should().Be(one);
        }
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_defect_is_named_from_what_it_breaks(string defect) =>
        DefectsToldApart.Diagnose(Carrying(defect) with { Defect = "" }, Good, Objectives).Named.Should().Equal(defect);

    [Fact]
    public void A_sound_battery_looks_like_no_defect() => DefectsToldApart.Diagnose(Good, Good, Objectives).Should().BeEquivalentTo(new { Broken = Array.Empty<string>(), Named = Array.Empty<string>() });

    [Fact]
    public void The_whole_matrix_holds() => Check(Matrix).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "10 of 10 named" });

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_defect_that_breaks_nothing_was_not_detected(string defect) =>
        Check(With(defect, Good with { Defect = defect })).Should().BeEquivalentTo(new { Kind = VerdictKind.Broken })
            .And.BeOfType<Verdict>().Which.Summary.Should().Contain($"{defect} did not break");

    [Fact]
    public void A_defect_that_breaks_something_else_as_well_is_not_told_apart() =>
        Check(With("counter-race", Carrying("counter-race") with { Load = Load(1000, failed: 100) })).Summary.Should().Contain("counter-race broke workload-availability as well");

    [Fact]
    public void A_consequence_that_the_catalogue_knows_is_no_other_defect() =>
        Check(With("slow-responses", Carrying("slow-responses") with { Restart = Good.Restart! with { Load = Load(300, failed: 3) } })).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void A_missed_time_is_no_symptom_on_a_machine_that_is_slow_with_every_defect_and_without()
    {
        HttpLoadRecord Slow(HttpLoadRecord load) => load with { P99Ms = 1400 };
        var slow = Matrix with
        {
            Control = Matrix.Control with { Load = Slow(Matrix.Control.Load!) },
            Batteries = [.. Matrix.Batteries.Select(b => b.Defect == "slow-responses" ? b : b with { Load = Slow(b.Load!) })],
        };

        Check(slow).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "10 of 10 named" });
    }

    [Fact]
    public void Responses_that_are_slow_without_the_defect_do_not_show_it() =>
        Check(Matrix with { Control = Matrix.Control with { Load = Matrix.Control.Load! with { P99Ms = 4000 } } }).Summary.Should().Contain("slow-responses did not break");

    [Fact]
    public void What_is_broken_without_a_defect_has_another_reason() =>
        Check(Matrix with { Control = Carrying("memory-leak") with { Defect = "" } }).Summary.Should().Contain("without a defect workload-memory is broken");

    [Fact]
    public void What_is_broken_on_another_instance_has_another_reason()
    {
        var spoilt = Carrying("failing-healthz");

        Check(With("failing-healthz", spoilt with { Liveness = [.. spoilt.Liveness!.Select(l => l with { Alive = 0 })] }))
            .Summary.Should().Contain("of another instance");
    }

    [Fact]
    public void A_defect_that_was_not_deployed_or_not_decided_is_unknown()
    {
        Check(null).Kind.Should().Be(VerdictKind.Unknown);
        Check(Matrix with { Batteries = [.. Matrix.Batteries.Skip(1)] }).Kind.Should().Be(VerdictKind.Unknown);
        Check(Matrix with { Batteries = [.. Matrix.Batteries.Skip(1)], NotCarriedOut = new Dictionary<string, string> { ["memory-leak"] = "did not come up" } })
            .Summary.Should().Contain("did not come up");
        Check(Matrix with { Control = Good with { Logs = null } }).Kind.Should().Be(VerdictKind.Unknown);
        Check(With("memory-leak", Carrying("memory-leak") with { Logs = null })).Kind.Should().Be(VerdictKind.Unknown);
    }

    private static Verdict Check(DefectsRecord? record) => DefectsToldApart.Check(record, Objectives);

    private static DefectsRecord With(string defect, BatteryRecord battery) => Matrix with { Batteries = [.. Matrix.Batteries.Select(b => b.Defect == defect ? battery : b)] };
}

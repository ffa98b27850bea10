using System.Text.RegularExpressions;
using FluentAssertions;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;
using SreLab.Fixtures.Scenarios.Plants;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>Promises, specs and plants name one another; each name leads somewhere.</summary>
public sealed partial class SpecTests
{
    private static IReadOnlyList<string> Files { get; } = [.. Repository.SourcesBelow("SreLab.Specs", "When_*.cs")];

    [Fact]
    public void Every_promise_is_judged_by_a_spec()
    {
        var judged = Files.SelectMany(f => Judged().Matches(CodeText.Of(f)).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);

        Files.Should().NotBeEmpty();
        typeof(Promises).GetProperties().Where(p => p.PropertyType == typeof(Promise)).Select(p => p.Name).Should().NotBeEmpty().And.BeSubsetOf(judged);
    }

    [Fact]
    public void Every_fault_of_the_catalogue_has_a_scenario_with_specs()
    {
        var carried = Files.SelectMany(f => Scenario().Matches(CodeText.Of(f)).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var kinds = typeof(FaultScenario).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FaultScenario)) && carried.Contains(t.Name))
            .Select(t => ((FaultScenario)Activator.CreateInstance(t, [null!])!).Kind);

        FaultCatalogue.All.Select(e => e.Kind).Should().BeEquivalentTo(kinds);
    }

    [Fact]
    public void Every_promise_about_a_fault_is_judged_by_the_base_of_its_specs() =>
        typeof(FaultPromises).GetProperties().Where(p => p.PropertyType == typeof(Promise)).Select(p => p.Name)
            .Should().OnlyContain(name => FaultSpec.Contains($"_promises.{name})", StringComparison.Ordinal));

    [Fact]
    public void A_promise_is_judged_in_the_stage_that_makes_its_evidence() =>
        Files.SelectMany(f => Judged().Matches(CodeText.Of(f)).Select(m => (Class: NameOf(f), Stage: StageOf(f), Promise: m.Groups[1].Value)))
            .Where(j => ((Promise)typeof(Promises).GetProperty(j.Promise)!.GetValue(null)!).Stage != j.Stage)
            .Should().BeEmpty();

    [Fact]
    public void Every_spec_that_a_plant_turns_red_exists_in_its_class()
    {
        foreach (var plant in Planting.All)
        {
            var file = Files.Where(f => NameOf(f) == plant.SpecClass).Should().ContainSingle("{0} names {1}", plant.Id, plant.SpecClass).Which;

            plant.MustBeRed.Concat(plant.MayBeRed).Except(SpecsOf(file)).Should().BeEmpty("{0} names specs of {1}", plant.Id, plant.SpecClass);
        }
    }

    [Fact]
    public void Collection_and_trait_of_a_spec_class_are_the_same_stage()
    {
        foreach (var file in Files)
        {
            var attributes = StageAttributes().Matches(CodeText.Of(file));

            attributes.Should().ContainSingle("{0} needs [Collection(Stages.X)] and [Trait(Stages.Trait, Stages.X)]", NameOf(file));
            attributes[0].Groups["collection"].Value.Should().Be(attributes[0].Groups["trait"].Value, NameOf(file));
            Stages.InOrder.Should().Contain(StageOf(file));
        }
    }

    [Fact]
    public void Every_stage_has_a_spec() => Stages.InOrder.Except(Files.Select(StageOf)).Should().BeEmpty();

    [Fact]
    public void A_spec_class_is_called_as_its_file_and_holds_specs() =>
        Files.Where(f => !CodeText.Of(f).Contains($"class {NameOf(f)}(", StringComparison.Ordinal) || !SpecsOf(f).Any()).Should().BeEmpty();

    [Fact]
    public void Specs_of_a_platform_are_not_discovered_elsewhere_and_no_others_are_hidden() =>
        Files.Where(f => CodeText.Of(f).Contains("[PlatformFact]", StringComparison.Ordinal) != (StageOf(f) == Stages.Platform)
                || (StageOf(f) == Stages.Platform && CodeText.Of(f).Contains("[Fact]", StringComparison.Ordinal)))
            .Should().BeEmpty();

    [Fact]
    public void Specs_of_a_fault_that_only_a_platform_has_are_marked_so_and_no_others()
    {
        var marked = Files.Where(f => CodeText.Of(f).Contains("[OfPlatform]", StringComparison.Ordinal)).Select(f => Scenario().Match(CodeText.Of(f)).Groups[1].Value)
            .Select(name => ((FaultScenario)Activator.CreateInstance(typeof(FaultScenario).Assembly.GetTypes().Single(t => t.Name == name), [null!])!).Kind);

        marked.Should().BeEquivalentTo(FaultCatalogue.All.Where(e => e.IsOfPlatform).Select(e => e.Kind));
        FaultSpec.Should().Contain("[FaultFact]").And.NotContain("[Fact]");
    }

    // The kills' specs are ordinary facts, which every profile has.
    [Fact]
    public void Specs_of_a_fault_that_every_profile_carries_out_are_marked_so_and_no_others() =>
        Files.Where(f => CodeText.Of(f).Contains("[InEveryProfile]", StringComparison.Ordinal) || CodeText.Of(f).Contains("A_standby_is_promoted", StringComparison.Ordinal))
            .Select(f => Scenario().Match(CodeText.Of(f)).Groups[1].Value)
            .Select(name => ((FaultScenario)Activator.CreateInstance(typeof(FaultScenario).Assembly.GetTypes().Single(t => t.Name == name), [null!])!).Kind)
            .Should().BeEquivalentTo(FaultCatalogue.All.Where(e => e.IsInEveryProfile).Select(e => e.Kind));

    private static string FaultSpec { get; } = CodeText.Of(Repository.SourcesBelow("SreLab.Specs", "FaultSpec.cs").Single());

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static string StageOf(string file) =>
        (string)typeof(Stages).GetField(StageAttributes().Match(CodeText.Of(file)).Groups["collection"].Value)!.GetRawConstantValue()!;


    // What every fault has to leave whole is in the base.
    private static IEnumerable<string> SpecsOf(string file) =>
        Specs().Matches(CodeText.Of(file) + (CodeText.Of(file).Contains(": FaultSpec(", StringComparison.Ordinal) ? FaultSpec : "")).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"IClassFixture<(\w+)>")]
    private static partial Regex Scenario();

    [GeneratedRegex(@"\bPromises\.(\w+)")]
    private static partial Regex Judged();

    [GeneratedRegex(@"\[(?:Platform|Fault)?Fact\]\s+public (?:async )?\w+ (\w+)\(")]
    private static partial Regex Specs();

    [GeneratedRegex(@"\[Collection\(Stages\.(?<collection>\w+)\)\]\s+\[Trait\(Stages\.Trait, Stages\.(?<trait>\w+)\)\]\s+public sealed class ")]
    private static partial Regex StageAttributes();
}

using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;

namespace SreLab.Fixtures.Tests.Scenarios.Plants;

public sealed class PlantingTests
{
    public static TheoryData<string> Ids => [.. Planting.All.Select(p => p.Id)];

    [Fact]
    public void Names_are_unique_and_none_is_that_of_the_control() =>
        Planting.All.Select(p => p.Id).Append(Planting.Control).Should().OnlyHaveUniqueItems().And.NotContain("");

    [Fact]
    public void Every_plant_says_what_is_wrong_and_turns_at_least_one_spec_red() =>
        Planting.All.Where(p => p.Defect.Length == 0 || p.MustBeRed.Count == 0 || p.MustBeRed.Intersect(p.MayBeRed).Any()).Should().BeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData(Planting.Control)]
    public async Task A_normal_run_and_a_control_plant_nothing_at_any_point(string plant)
    {
        foreach (var point in Enum.GetValues<PlantPoint>())
        {
            await using var undo = await AtAsync(point, plant);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_plant_is_not_planted_at_the_points_of_others(string plant)
    {
        foreach (var point in Enum.GetValues<PlantPoint>().Except(Planting.All.Where(p => p.Id == plant).Select(p => p.Point)))
        {
            await using var undo = await AtAsync(point, plant);
        }
    }

    [Fact]
    public async Task An_unknown_plant_is_refused_at_every_point_and_the_known_ones_are_named()
    {
        foreach (var point in Enum.GetValues<PlantPoint>())
        {
            var planting = () => AtAsync(point, "weeds");

            (await planting.Should().ThrowAsync<LabException>()).Which.Message.Should().StartWith("plant weeds does not exist; nothing was touched.").And.ContainAll(Ids.Select(i => i.Data));
        }
    }

    // There is no lab and no log here: to touch either is an error.
    private static Task<IAsyncDisposable> AtAsync(PlantPoint point, string plant) =>
        Planting.AtAsync(point, new LabSettings { Plant = plant }, lab: null!, progress: null!, TestContext.Current.CancellationToken);
}

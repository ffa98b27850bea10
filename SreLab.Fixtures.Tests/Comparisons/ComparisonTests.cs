using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Comparisons;

namespace SreLab.Fixtures.Tests.Comparisons;

public sealed class ComparisonTests
{
    [Fact]
    public void Ratios_are_ours_over_the_peer_pair_by_pair()
    {
        var comparison = Lower([1, 2, 9], [2, 2, 3]);

        comparison.Ratios.Should().Equal(0.5, 1, 3);
        comparison.Median.Should().Be(1);
        comparison.Worst.Should().Be(3);
        (comparison with { LowerIsBetter = false }).Worst.Should().Be(0.5);
    }

    [Fact]
    public void The_median_of_an_even_number_is_between_the_middle_two() =>
        Lower([1, 2, 3, 10], [1, 1, 1, 1]).Median.Should().Be(2.5);

    [Fact]
    public void The_control_compares_neighbours_of_the_same_side()
    {
        // Measured in the order ours 10, peer 20 | peer 25, ours 12 | ours 15, peer 30.
        Lower([10, 12, 15], [20, 25, 30]).Control.Should().Equal(25 / 20d, 15 / 12d);
        Lower([10, 12, 10], [25, 20, 30]).Control.Should().Equal([25 / 20d, 12 / 10d], "it is larger over smaller, whichever came first");
    }

    [Fact]
    public void One_pair_has_no_control_and_decides_nothing()
    {
        Lower([1], [100]).Control.Should().BeEmpty();
        Lower([1], [100]).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Theory]
    [InlineData(0.5, true, VerdictKind.Holds)]
    [InlineData(2, true, VerdictKind.Broken)]
    [InlineData(0.5, false, VerdictKind.Broken)]
    [InlineData(2, false, VerdictKind.Holds)]
    public void A_goal_is_reached_or_missed_when_the_machine_is_quiet(double ours, bool lowerIsBetter, VerdictKind expected) =>
        (Lower([ours, ours, ours], [1, 1, 1]) with { LowerIsBetter = lowerIsBetter }).Kind.Should().Be(expected);

    [Fact]
    public void Exactly_the_goal_without_any_noise_is_reached() => Lower([1, 1], [1, 1]).Kind.Should().Be(VerdictKind.Holds);

    [Theory]
    [InlineData(1.09, VerdictKind.Holds)]
    [InlineData(1.11, VerdictKind.Unknown)]
    public void Noise_of_more_than_half_the_margin_drowns_the_result(double secondPeer, VerdictKind expected)
    {
        // Ratios 0.8 and 0.8: a margin of 0.2 to the goal of 1, so that noise may be 0.1.
        var comparison = Lower([0.8, 0.8 * secondPeer], [1, secondPeer]);

        comparison.Kind.Should().Be(expected);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(double.NaN, 1)]
    public void A_side_that_measured_nothing_decides_nothing(double ours, double peer)
    {
        var comparison = Lower([ours, ours, ours], [peer, peer, peer]);

        comparison.Kind.Should().Be(VerdictKind.Unknown);
        (comparison with { LowerIsBetter = false }).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public async Task Measurements_alternate_so_that_each_side_is_its_own_neighbour()
    {
        List<string> order = [];

        var (ours, peer) = await Comparison.InterleaveAsync(4, () => Measure("A"), () => Measure("B"));

        order.Should().Equal("A", "B", "B", "A", "A", "B", "B", "A");
        ours.Should().Equal(1, 4, 5, 8);
        peer.Should().Equal(2, 3, 6, 7);

        Task<double> Measure(string side)
        {
            order.Add(side);
            return Task.FromResult((double)order.Count);
        }
    }

    [Fact]
    public void A_row_has_a_cell_for_every_heading_and_says_the_verdict()
    {
        var row = Lower([0.5, 0.5], [1, 1]).ToRow();

        row.Should().Be("| outage | 0.5 s | 1 s | 0.50 | 0.50 | <= 1.00 | 1.00 (worst 1.00) | 2 | reached |");
        row.Count(c => c == '|').Should().Be(Comparison.Heading.Split('\n')[0].Count(c => c == '|'));
        Lower([2, 2], [1, 1]).ToRow().Should().EndWith("| missed |");
        Lower([2], [1]).ToRow().Should().Contain("| none |").And.EndWith("| inconclusive |");
    }

    [Theory]
    [InlineData(20.0, true)]
    [InlineData(21.0, false)]
    [InlineData(null, true)]
    public void A_lease_that_is_longer_than_it_should_be_belongs_to_other_timings(double? left, bool isInForce) =>
        (OutageComparison.WhyNotInForce(new Dictionary<string, string?> { ["ttl"] = "20" }, left) is null).Should().Be(isInForce);

    private static Comparison Lower(IReadOnlyList<double> ours, IReadOnlyList<double> peer) => new("outage", "s", ours, peer, Goal: 1, LowerIsBetter: true);
}

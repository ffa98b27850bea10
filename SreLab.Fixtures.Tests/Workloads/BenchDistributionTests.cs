using FluentAssertions;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Tests.Workloads;

public sealed class BenchDistributionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(1000)]
    [InlineData(54_321)]
    public void Percentiles_equal_their_definition_on_random_data(int count)
    {
        var random = new Random(count);
        var micros = Enumerable.Range(0, count).Select(_ => (long)Math.Exp(random.NextDouble() * 14)).ToArray();

        // By definition: the smallest sample such that at least p percent of all samples are not greater.
        double Expected(decimal percent) => micros
            .Order().Select((value, index) => (value, NotGreater: index + 1))
            .First(sample => sample.NotGreater >= percent / 100 * count).value / 1000.0;

        var latency = LatencyDistribution.Of([.. micros]);

        latency.Count.Should().Be(count);
        latency.P50.Should().Be(Expected(50));
        latency.P95.Should().Be(Expected(95));
        latency.P99.Should().Be(Expected(99));
        latency.P999.Should().Be(Expected(99.9m));
        latency.Max.Should().Be(micros.Max() / 1000.0);
        latency.Average.Should().BeApproximately(micros.Average() / 1000, 1e-9);
    }

    [Fact]
    public void The_99th_percentile_of_a_hundred_samples_is_the_second_worst() =>
        LatencyDistribution.Of([.. Enumerable.Range(1, 100).Select(n => n * 1000L)]).P99.Should().Be(99);

    [Fact]
    public void Nothing_has_no_latency()
    {
        var latency = LatencyDistribution.Of([]);

        latency.Count.Should().Be(0);
        latency.P99.Should().Be(double.NaN);
    }
}

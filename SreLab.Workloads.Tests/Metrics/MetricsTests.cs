using FluentAssertions;
using SreLab.Workloads.ServiceDefaults.Metrics;

namespace SreLab.Workloads.Tests.Metrics;

public sealed class MetricsTests
{
    [Fact]
    public void The_text_is_what_Prometheus_reads()
    {
        var registry = new MetricRegistry();
        registry.Counter("b_total", "Counts \\ and\nmore.", "kind").Add(3, "say \"x\"\\\n");
        registry.Gauge("a", "A gauge.", () => 0.1 + 0.2);
        registry.Gauge("c", "Nothing known.", () => double.NaN);
        var histogram = registry.Histogram("d_seconds", "Spread.", [0.1, 1], "m");
        histogram.Observe(0.1, "GET");
        histogram.Observe(0.5, "GET");
        histogram.Observe(7, "GET");

        PrometheusText.Write(registry.All).Should().Be(
            """
            # HELP a A gauge.
            # TYPE a gauge
            a 0.30000000000000004
            # HELP b_total Counts \\ and\nmore.
            # TYPE b_total counter
            b_total{kind="say \"x\"\\\n"} 3
            # HELP c Nothing known.
            # TYPE c gauge
            c NaN
            # HELP d_seconds Spread.
            # TYPE d_seconds histogram
            d_seconds_bucket{m="GET",le="0.1"} 1
            d_seconds_bucket{m="GET",le="1"} 2
            d_seconds_bucket{m="GET",le="+Inf"} 3
            d_seconds_sum{m="GET"} 7.6
            d_seconds_count{m="GET"} 3

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Counting_at_once_loses_nothing()
    {
        var counter = new MetricRegistry().Counter("n_total", "Counts.", "who");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1, "all");
            }
        })));

        counter.Value("all").Should().Be(80_000);
    }

    [Fact]
    public void A_counter_without_labels_is_shown_before_it_counts() =>
        new MetricRegistry().Counter("n_total", "Counts.").Samples().Should().ContainSingle().Which.Value.Should().Be(0);

    [Fact]
    public void A_name_exists_once()
    {
        var registry = new MetricRegistry();
        registry.Counter("n_total", "Counts.");

        registry.Invoking(r => r.Counter("n_total", "Counts.")).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Labels_that_are_missing_are_an_error() =>
        new MetricRegistry().Counter("n_total", "Counts.", "who").Invoking(c => c.Add(1)).Should().Throw<ArgumentException>();
}

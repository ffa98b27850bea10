using FluentAssertions;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Workloads.Telemetry;

public sealed class ClientMetricsTests
{
    private readonly ClientMetrics _metrics = new(Tests.Ledger.Objectives);

    private string[] Lines => _metrics.Render().Split('\n');

    [Fact]
    public void Every_series_is_there_from_the_start_so_that_a_rate_sees_the_first_error()
    {
        foreach (var source in new[] { "ledger", "pgbench" })
        {
            Lines.Should().Contain(new[] { "ok", "refused", "indeterminate", "failed" }.Select(o => $"srelab_client_operations_total{{source=\"{source}\",outcome=\"{o}\"}} 0"))
                .And.Contain($"srelab_client_latency_seconds_count{{source=\"{source}\"}} 0");
        }
    }

    [Fact]
    public void Totals_are_over_all_sources_and_slow_is_beyond_the_objective()
    {
        _metrics.Count(ClientSource.Ledger, ClientOutcome.Ok, 7);
        _metrics.Count(ClientSource.Pgbench, ClientOutcome.Failed, 2);
        _metrics.Count(ClientSource.Ledger, ClientOutcome.Refused);
        foreach (var seconds in new[] { 0.001, 0.2, 0.2001, 60 })
        {
            _metrics.ObserveLatency(ClientSource.Ledger, seconds);
        }

        _metrics.Totals().Should().Be(new ClientTotals(Operations: 10, Bad: 3, Timed: 4, Slow: 2));
    }

    [Fact]
    public void Operations_are_counted_by_source_and_outcome()
    {
        _metrics.Count(ClientSource.Ledger, ClientOutcome.Ok);
        _metrics.Count(ClientSource.Ledger, ClientOutcome.Indeterminate, 3);
        _metrics.Count(ClientSource.Pgbench, ClientOutcome.Failed, 2);

        Lines.Should().Contain("srelab_client_operations_total{source=\"ledger\",outcome=\"ok\"} 1")
            .And.Contain("srelab_client_operations_total{source=\"ledger\",outcome=\"indeterminate\"} 3")
            .And.Contain("srelab_client_operations_total{source=\"pgbench\",outcome=\"failed\"} 2")
            .And.Contain("srelab_client_operations_total{source=\"pgbench\",outcome=\"ok\"} 0");
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(0.2000001, 0)]
    [InlineData(-0.001, 1)]
    public void The_bucket_at_the_objective_holds_what_keeps_it(double seconds, int kept)
    {
        _metrics.ObserveLatency(ClientSource.Ledger, seconds);

        Lines.Should().Contain(FormattableString.Invariant($"srelab_client_latency_seconds_bucket{{source=\"ledger\",le=\"0.2\"}} {kept}"))
            .And.Contain("srelab_client_latency_seconds_bucket{source=\"ledger\",le=\"+Inf\"} 1");
    }

    [Fact]
    public void Buckets_are_cumulative_and_end_at_the_count()
    {
        foreach (var seconds in new[] { 0.0005, 0.0005, 0.15, 100 })
        {
            _metrics.ObserveLatency(ClientSource.Pgbench, seconds);
        }

        Lines.Should().Contain("srelab_client_latency_seconds_bucket{source=\"pgbench\",le=\"0.001\"} 2")
            .And.Contain("srelab_client_latency_seconds_bucket{source=\"pgbench\",le=\"0.2\"} 3")
            .And.Contain("srelab_client_latency_seconds_bucket{source=\"pgbench\",le=\"30\"} 3")
            .And.Contain("srelab_client_latency_seconds_bucket{source=\"pgbench\",le=\"+Inf\"} 4")
            .And.Contain("srelab_client_latency_seconds_sum{source=\"pgbench\"} 100.151")
            .And.Contain("srelab_client_latency_seconds_count{source=\"pgbench\"} 4");
    }

    [Fact]
    public void A_changed_objective_is_a_bucket_of_its_own() =>
        new ClientMetrics(Tests.Ledger.Objectives with { BenchLatencyP99Ms = 37.5m }).Render()
            .Should().Contain("le=\"0.0375\"").And.NotContain("le=\"0.2\"");

    [Fact]
    public void Nothing_is_lost_between_threads()
    {
        Parallel.For(0, 10_000, i =>
        {
            _metrics.Count(ClientSource.Ledger, ClientOutcome.Ok);
            _metrics.ObserveLatency(ClientSource.Ledger, i / 10_000.0);
        });

        _metrics.Operations(ClientSource.Ledger, ClientOutcome.Ok).Should().Be(10_000);
        Lines.Should().Contain("srelab_client_latency_seconds_count{source=\"ledger\"} 10000");
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        _metrics.Count(ClientSource.Ledger, ClientOutcome.Ok);
        _metrics.ObserveLatency(ClientSource.Ledger, 0.1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _metrics.Count(ClientSource.Ledger, ClientOutcome.Ok);
            _metrics.ObserveLatency(ClientSource.Ledger, 0.1);
        }

        GC.GetAllocatedBytesForCurrentThread().Should().Be(before);
    }
}

using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Bench;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Workloads;

/// <summary>What a running pass tells Prometheus.</summary>
public sealed class LiveProgressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-live-").FullName;
    private readonly ClientMetrics _metrics = new(Tests.Ledger.Objectives);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_transaction_of_every_thread_is_counted_once_while_the_logs_grow()
    {
        using var live = Live(rate: null);
        using var ended = new CancellationTokenSource();
        var running = live.RunAsync(ended.Token);
        await AppendAsync("pgbench.77", "0 1 1500 0 1700000000 0\n0 2 250000 0 1700000000 5\n0 3 fai");
        await Task.Delay(1200, TestContext.Current.CancellationToken);
        await AppendAsync("pgbench.77", "led 0 1700000001 0\n");
        await AppendAsync("pgbench.77.1", "1 1 200000 0 1700000001 0\n1 2 skipped 0 1700000001 0\n");
        await ended.CancelAsync();
        await running;

        Count(ClientOutcome.Ok).Should().Be(3);
        Count(ClientOutcome.Failed).Should().Be(2);
        _metrics.Render().Should().Contain("srelab_client_latency_seconds_bucket{source=\"pgbench\",le=\"0.2\"} 2\n")
            .And.Contain("srelab_client_latency_seconds_count{source=\"pgbench\"} 3\n");
    }

    [Theory]
    [InlineData(null, 8)]
    [InlineData(1000, 8)]
    [InlineData(19, 0)]
    public void A_second_without_a_transaction_is_a_failure_of_every_client_that_waits(int? rate, int failed)
    {
        using var live = Live(rate);
        live.Take("progress: 5.0 s, 0.0 tps, lat 0.000 ms stddev 0.000, 0 failed");
        live.Take("progress: 6.0 s, 812.0 tps, lat 1.000 ms stddev 0.100, 0 failed");

        Count(ClientOutcome.Failed).Should().Be(failed, "at a low rate a silent second is chance");
    }

    [Fact]
    public void A_client_that_gives_up_is_a_failure()
    {
        using var live = Live(rate: null);
        live.Take("pgbench: error: client 3 aborted in command 4 (SQL) of script 0; perhaps the backend died while processing");

        Count(ClientOutcome.Failed).Should().Be(1);
    }

    private long Count(ClientOutcome outcome) => _metrics.Operations(ClientSource.Pgbench, outcome);

    private Task AppendAsync(string log, string text) => File.AppendAllTextAsync(Path.Combine(_folder, log), text, TestContext.Current.CancellationToken);

    private LiveProgress Live(int? rate) => new(
        new BenchPassPlan
        {
            Name = BenchPassPlan.OpenLoop,
            Scripts = [new BenchScript("browse", 1)],
            Variables = new Dictionary<string, long>(),
            Clients = 8,
            WarmupSeconds = 0,
            Seconds = 10,
            RatePerSecond = rate,
        },
        _folder,
        new SilentProgress(),
        _metrics);
}

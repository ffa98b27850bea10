using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Tells people and Prometheus how a pass is doing while it runs: TPS from pgbench's own lines, the rest from the logs as they grow.</summary>
/// <param name="plan">The pass.</param>
/// <param name="folder">Where its logs appear.</param>
/// <param name="progress">Where it is said.</param>
/// <param name="metrics">Where it is counted; null when nobody looks.</param>
/// <remarks>The logs lag by what pgbench buffers; at a low rate a line may be without p99.</remarks>
internal sealed class LiveProgress(BenchPassPlan plan, string folder, IProgressLog progress, ClientMetrics? metrics) : IDisposable
{
    /// <summary>Twice a scrape interval of the lab, so that each scrape finds something new.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private const int LooksPerLine = 8;

    /// <summary>By chance alone a second without a transaction does not happen from this rate on (e^-20).</summary>
    private const int LeastRateForSilence = 20;

    private readonly ConcurrentQueue<(double Tps, long Failed)> _seconds = new();
    private readonly PgbenchTail _tail = new(folder, metrics);
    private readonly List<long> _latenciesUs = [];
    private int _errors;

    /// <summary>Takes a line of pgbench's output; from any thread.</summary>
    public void Take(string line)
    {
        if (PgbenchOutput.Progress(line) is { } second)
        {
            _seconds.Enqueue(second);
            Interlocked.Add(ref _errors, (int)second.Failed);
            if (second.Tps == 0 && plan.RatePerSecond is null or >= LeastRateForSilence)
            {
                // Every client waits, and a closed loop sends nothing meanwhile: without this, a stall would only look quiet.
                metrics?.Count(ClientSource.Pgbench, ClientOutcome.Failed, plan.Clients);
            }
        }
        else if (PgbenchOutput.AbortedClients(line).Count > 0)
        {
            Interlocked.Increment(ref _errors);
            metrics?.Count(ClientSource.Pgbench, ClientOutcome.Failed);
        }
    }

    /// <summary>Counts, and says a line every few seconds, until cancelled; then counts what is left.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Look);
        try
        {
            for (var look = 1; await timer.WaitForNextTickAsync(ct); look++)
            {
                var readable = _tail.Read(_latenciesUs);
                if (look % LooksPerLine == 0)
                {
                    progress.Say(Line(clock.Elapsed, readable));
                    _latenciesUs.Clear();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The pass is over.
        }

        _tail.Read(_latenciesUs);
    }

    /// <inheritdoc />
    public void Dispose() => _tail.Dispose();

    private string Line(TimeSpan elapsed, bool readable)
    {
        var tps = new List<double>();
        while (_seconds.TryDequeue(out var second))
        {
            tps.Add(second.Tps);
        }

        var speed = tps.Count == 0 ? "no word from pgbench" : FormattableString.Invariant($"{tps.Average():N0} tps");
        var p99 = readable && _latenciesUs.Count > 0
            ? FormattableString.Invariant($", p99 {LatencyDistribution.Of(CollectionsMarshal.AsSpan(_latenciesUs)).P99:0.0} ms")
            : "";
        var warmup = elapsed.TotalSeconds < plan.WarmupSeconds ? " (warm-up)" : "";
        return FormattableString.Invariant(
            $"{plan.Name} {elapsed.TotalSeconds:0}/{plan.WarmupSeconds + plan.Seconds} s: {speed}{p99}, {_errors:N0} errors{warmup}");
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Says how a pass is doing while it runs: TPS from pgbench's own lines, p99 from the logs as they grow.</summary>
/// <param name="plan">The pass.</param>
/// <param name="folder">Where its logs appear.</param>
/// <param name="progress">Where it is said.</param>
/// <remarks>The logs lag by what pgbench buffers, some hundred transactions a thread; at a low rate a line may be without p99.</remarks>
internal sealed class LiveProgress(BenchPassPlan plan, string folder, IProgressLog progress) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    private readonly ConcurrentQueue<(double Tps, long Failed)> _seconds = new();
    private readonly Dictionary<string, PgbenchLogReader> _readers = [];
    private readonly List<PgbenchSample> _fresh = [];
    private int _errors;

    /// <summary>Takes a line of pgbench's output; from any thread.</summary>
    public void Take(string line)
    {
        if (PgbenchOutput.Progress(line) is { } second)
        {
            _seconds.Enqueue(second);
            Interlocked.Add(ref _errors, (int)second.Failed);
        }
        else if (PgbenchOutput.AbortedClients(line).Count > 0)
        {
            Interlocked.Increment(ref _errors);
        }
    }

    /// <summary>Says a line every few seconds until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                progress.Say(Line(clock.Elapsed));
            }
        }
        catch (OperationCanceledException)
        {
            // The pass is over.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var reader in _readers.Values)
        {
            reader.Dispose();
        }
    }

    private string Line(TimeSpan elapsed)
    {
        var tps = new List<double>();
        while (_seconds.TryDequeue(out var second))
        {
            tps.Add(second.Tps);
        }

        var speed = tps.Count == 0 ? "no word from pgbench" : FormattableString.Invariant($"{tps.Average():N0} tps");
        var p99 = FreshP99() is { } milliseconds ? FormattableString.Invariant($", p99 {milliseconds:0.0} ms") : "";
        var warmup = elapsed.TotalSeconds < plan.WarmupSeconds ? " (warm-up)" : "";
        return FormattableString.Invariant(
            $"{plan.Name} {elapsed.TotalSeconds:0}/{plan.WarmupSeconds + plan.Seconds} s: {speed}{p99}, {_errors:N0} errors{warmup}");
    }

    private double? FreshP99()
    {
        _fresh.Clear();
        try
        {
            foreach (var path in PgbenchLogs.Find(folder))
            {
                if (!_readers.TryGetValue(path, out var reader))
                {
                    reader = new PgbenchLogReader(path);
                    _readers.Add(path, reader);
                }

                reader.ReadAvailable(_fresh);
            }
        }
        catch (Exception e) when (e is IOException or LabException)
        {
            // The final reading of the logs judges them; a line of progress is not the place.
            return null;
        }

        var latencies = _fresh.Where(sample => sample.Outcome == SampleOutcome.Ok).Select(sample => sample.LatencyUs).ToArray();
        return latencies.Length > 0 ? LatencyDistribution.Of(latencies).P99 : null;
    }
}

using System.Diagnostics;
using System.Text.Json;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>What the server and the host did while a pass was counted.</summary>
/// <param name="TopStatements">Statements by time.</param>
/// <param name="WaitEvents">Shares by wait event.</param>
/// <param name="Host">Use of the host by name.</param>
/// <param name="WalBytes">WAL written.</param>
internal sealed record BenchObservation(
    IReadOnlyList<StatementRecord> TopStatements,
    IReadOnlyList<WaitEventRecord> WaitEvents,
    IReadOnlyDictionary<string, double> Host,
    long WalBytes)
{
    /// <summary>Nothing was seen.</summary>
    public static BenchObservation None { get; } = new([], [], new Dictionary<string, double>(), 0);
}

/// <summary>A line of the file of samples.</summary>
/// <param name="AtMs">Since the counted part began.</param>
/// <param name="UnixMs">The same moment, since the Unix epoch.</param>
/// <param name="Seen">What the server told; null when it did not answer.</param>
internal sealed record SampleLine(double AtMs, long UnixMs, ServerSample? Seen);

/// <summary>Watches server and host beside a pass: one connection, one short question four times a second.</summary>
/// <param name="connectionString">As a superuser, to the database of the benchmark.</param>
/// <param name="samplesFile">Every sample as a JSON line.</param>
/// <remarks>A server that does not answer costs samples, never the pass: what could not be seen is left out of the record.</remarks>
internal sealed class BenchObserver(string connectionString, string samplesFile)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    internal static readonly JsonSerializerOptions OneLine = new(RunStore.Json) { WriteIndented = false };

    private readonly Dictionary<string, long> _waits = [];

    /// <summary>Watches the counted part of a pass.</summary>
    /// <param name="warmup">Time before the counted part.</param>
    /// <param name="counted">The counted part.</param>
    /// <param name="passEnded">Cancelled when the pass ended before its time.</param>
    public async Task<BenchObservation> WatchAsync(TimeSpan warmup, TimeSpan counted, CancellationToken passEnded)
    {
        await using var sampler = new ServerSampler(connectionString);
        await using var file = new StreamWriter(samplesFile) { NewLine = "\n" };
        StatementTotals? before = null;
        HostCounters? hostBefore = null;
        (long First, long Last)? wal = null;
        try
        {
            await Task.Delay(warmup, passEnded);
            before = await sampler.TryReadStatementsAsync(passEnded);
            hostBefore = HostCounters.TryRead();
            var clock = Stopwatch.StartNew();
            using var timer = new PeriodicTimer(Interval);
            while (clock.Elapsed < counted)
            {
                var seen = await sampler.TryAskAsync(passEnded);
                await file.WriteLineAsync(JsonSerializer.Serialize(
                    new SampleLine(Math.Round(clock.Elapsed.TotalMilliseconds), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), seen), OneLine));
                if (seen is { } sample)
                {
                    wal = (wal?.First ?? sample.WalBytes, sample.WalBytes);
                    Count(sample.Waits);
                }

                await timer.WaitForNextTickAsync(passEnded);
            }
        }
        catch (OperationCanceledException)
        {
            // The pass is over; what was seen so far counts.
        }

        var hostAfter = HostCounters.TryRead();
        var after = before is null ? null : await sampler.TryReadStatementsAsync(CancellationToken.None);
        return new BenchObservation(
            before is not null && after is not null ? after.Since(before) : [],
            Shares(),
            hostBefore is not null && hostAfter is not null ? hostAfter.Since(hostBefore) : new Dictionary<string, double>(),
            wal is { } bytes ? bytes.Last - bytes.First : 0);
    }

    private void Count(string[] waits)
    {
        foreach (var wait in waits)
        {
            _waits[wait] = _waits.GetValueOrDefault(wait) + 1;
        }
    }

    private List<WaitEventRecord> Shares()
    {
        var all = (double)_waits.Values.Sum();
        return [.. _waits.OrderByDescending(wait => wait.Value).Select(wait => new WaitEventRecord(wait.Key, wait.Value / all))];
    }
}

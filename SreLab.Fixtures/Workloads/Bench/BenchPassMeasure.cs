using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>The figures of a pass: a pure function of its logs and of what pgbench said.</summary>
internal static class BenchPassMeasure
{
    /// <summary>Measures a pass; the names of files are the caller's.</summary>
    public static BenchPassRecord Of(BenchPassPlan plan, IReadOnlyList<PgbenchSample> samples, ProgramResult result, DateTimeOffset launchedUtc)
    {
        var window = BenchWindow.Of(samples, plan.WarmupSeconds, plan.Seconds, launchedUtc);
        var aborted = PgbenchOutput.AbortedClients(result.Error);
        var losses = BenchLosses.Of(samples, window, plan.Clients, aborted, plan.RatePerSecond, plan.Seconds);
        var byScript = new List<long>[plan.Scripts.Count];
        var counted = new List<long>(samples.Count);
        long failed = 0, skipped = 0, logged = 0, loggedMicros = 0;
        foreach (var sample in samples)
        {
            var isOk = sample.Outcome == SampleOutcome.Ok;
            logged += isOk ? 1 : 0;
            loggedMicros += sample.LatencyUs;
            if (!window.Counts(sample))
            {
                continue;
            }

            failed += sample.Outcome == SampleOutcome.Failed ? 1 : 0;
            skipped += sample.Outcome == SampleOutcome.Skipped ? 1 : 0;
            if (isOk)
            {
                counted.Add(sample.LatencyUs);
                (byScript[sample.Script] ??= []).Add(sample.LatencyUs);
            }
        }

        return new BenchPassRecord
        {
            Name = plan.Name,
            Command = "",
            StartedUtc = window.StartedUtc,
            Clients = plan.Clients,
            Threads = plan.Threads,
            RatePerSecond = plan.RatePerSecond,
            WarmupSeconds = plan.WarmupSeconds,
            Seconds = plan.Seconds,
            Transactions = counted.Count,
            Tps = counted.Count / window.Seconds,
            Latency = Distribution(counted),
            Slow = plan.LatencyObjectiveMs is { } objective ? new SlowRecord(objective, counted.Count(micros => micros > objective * 1000)) : null,
            Errors = new BenchErrorsRecord(
                result.ExitCode, failed, skipped, aborted.Count, losses.SilentSeconds, losses.EstimatedLost, PgbenchOutput.ErrorLines(result.Error)),
            Scripts =
            [
                .. plan.Scripts.Select((script, n) => new BenchScriptRecord(script.Name, script.Weight, byScript[n]?.Count ?? 0, Distribution(byScript[n]))),
            ],
            SeriesFile = "",
            RawLogs = [],
            PgbenchSaid = PgbenchOutput.Summary(result.Output),
            LoggedTransactions = logged,
            LoggedAverageMs = logged > 0 ? loggedMicros / 1000.0 / logged : null,
        };
    }

    private static LatencyRecord Distribution(List<long>? micros) =>
        LatencyDistribution.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(micros));
}

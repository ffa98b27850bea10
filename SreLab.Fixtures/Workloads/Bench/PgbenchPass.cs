using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Runs one pass and turns what it left into a record.</summary>
internal static class PgbenchPass
{
    /// <summary>Folder of the benchmark in a run.</summary>
    public const string Folder = "30-bench";

    /// <summary>Runs the pass to its end, however that is.</summary>
    /// <exception cref="LabException">pgbench could not start, or wrote a log that cannot be read.</exception>
    public static async Task<BenchPassRecord> RunAsync(
        BenchPassPlan plan,
        RunProgram run,
        IReadOnlyDictionary<string, string> environment,
        RunStore store,
        IProgressLog progress,
        ClientMetrics? metrics,
        CancellationToken ct)
    {
        var home = Path.GetDirectoryName(store.PathOf($"{Folder}/scripts"))!;
        var folder = NewFolder(home, plan.Name);
        var name = Path.GetFileName(folder);
        BenchScripts.Write(Path.Combine(home, "scripts"), plan.Scripts.Select(script => script.Name));

        var arguments = plan.LoggedArguments(name);
        // Relative to the run folder: there a person can repeat it, with the server in PGHOST, PGPORT and so on.
        var command = $"cd {Folder}; pgbench " + string.Join(' ', arguments);
        progress.Say(Announcement(plan));
        var launchedUtc = DateTimeOffset.UtcNow;
        var result = await RunBoundedAsync(plan, run, environment, home, folder, arguments, progress, metrics, ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "stdout.txt"), result.Output, ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "stderr.txt"), result.Error, ct);

        var logs = PgbenchLogs.Find(folder);
        var samples = PgbenchLogs.Read(logs, mayBeCutOff: result.ExitCode != 0);
        if (result.ExitCode is 1 or 126 or 127 && samples.Count == 0)
        {
            throw CouldNotStart(plan, command, result);
        }

        var record = BenchPassMeasure.Of(plan, samples, result, launchedUtc) with
        {
            Command = command,
            SeriesFile = store.RelativeOf(Path.Combine(folder, "series.csv")),
            RawLogs = [.. logs.Select(store.RelativeOf)],
        };
        BenchSeries.Write(
            Path.Combine(folder, "series.csv"),
            BenchSeries.Of(samples, BenchWindow.Of(samples, plan.WarmupSeconds, plan.Seconds, launchedUtc)));
        progress.Say(FormattableString.Invariant(
            $"{plan.Name}: {record.Tps:N0} tps, average {record.Latency.Average:0.00} ms, p99 {record.Latency.P99:0.00} ms, {record.Errors.Total:N0} errors, exit code {result.ExitCode}"));
        return record;
    }

    private static async Task<ProgramResult> RunBoundedAsync(
        BenchPassPlan plan,
        RunProgram run,
        IReadOnlyDictionary<string, string> environment,
        string home,
        string folder,
        IReadOnlyList<string> arguments,
        IProgressLog progress,
        ClientMetrics? metrics,
        CancellationToken ct)
    {
        var bound = TimeSpan.FromSeconds(plan.WarmupSeconds + plan.Seconds) + Bounds.BenchOverrun.Length;
        using var overrun = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        overrun.CancelAfter(bound);
        using var live = new LiveProgress(plan, folder, progress, metrics);
        var saying = live.RunAsync(ended.Token);
        try
        {
            // The name by which the observer tells these sessions from others.
            var named = new Dictionary<string, string>(environment) { ["PGAPPNAME"] = ServerSampler.ApplicationName };
            return await run($"pgbench-{Path.GetFileName(folder)}", "pgbench", arguments, named, home, live.Take, overrun.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            var text = FormattableString.Invariant($"srelab: pgbench did not end within {bound.TotalSeconds:0} s ({Bounds.BenchOverrun.Name}) and was killed");
            return new ProgramResult(128 + 9, "", text, bound);
        }
        finally
        {
            await ended.CancelAsync();
            await saying;
        }
    }

    private static string NewFolder(string home, string name)
    {
        var folder = Path.Combine(home, name);
        for (var n = 2; Directory.Exists(folder); n++)
        {
            folder = Path.Combine(home, FormattableString.Invariant($"{name}-{n}"));
        }

        Directory.CreateDirectory(folder);
        return folder;
    }

    private static string Announcement(BenchPassPlan plan)
    {
        var rate = plan.RatePerSecond is { } perSecond ? FormattableString.Invariant($", {perSecond:N0} transactions/s scheduled") : "";
        return FormattableString.Invariant(
            $"{plan.Name}: {plan.Clients} clients, {plan.WarmupSeconds} s warm-up, {plan.Seconds} s counted{rate}");
    }

    private static LabException CouldNotStart(BenchPassPlan plan, string command, ProgramResult result) => new(
        FormattableString.Invariant($"bench failed: pgbench could not start its {plan.Name} pass and ended with exit code {result.ExitCode}.\n") +
        $"  command      {command}\n" +
        $"  stderr       {string.Join("\n               ", PgbenchOutput.ErrorLines(result.Error))}\n" +
        "  repeat       make status, then make bench");
}

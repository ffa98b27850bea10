using System.Globalization;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Comparisons;

/// <summary>TPS under our harness (transaction logs, live progress, samplers) beside raw pgbench with the same arguments and nothing round it.</summary>
internal static partial class BenchComparison
{
    internal static async Task<Comparison> RunAsync(ILab lab, LabSettings settings, int pairs, RunStore store, IProgressLog progress, CancellationToken ct)
    {
        // No warm-up within a pass: pgbench's own number counts every second, so ours must too. One pass before warms both.
        var plan = await Benchmark.PlanAsync(lab, settings with { BenchSeconds = 15, WarmupSeconds = 0 }, ct);
        await OursAsync(lab, plan, store, progress, ct);
        var (ours, raw) = await Comparison.InterleaveAsync(
            pairs,
            () => OursAsync(lab, plan, store, progress, ct),
            () => RawAsync(lab, plan, store, progress, ct));
        return new Comparison("bench TPS against raw pgbench, same arguments", "TPS", ours, raw, Goal: 0.97, LowerIsBetter: false);
    }

    private static async Task<double> OursAsync(ILab lab, BenchPassPlan plan, RunStore store, IProgressLog progress, CancellationToken ct)
    {
        var pass = await Benchmark.RunPassAsync(lab, Place.ReadWrite, plan, store, new SilentProgress(), metrics: null, ct);
        progress.Say(string.Create(CultureInfo.InvariantCulture, $"ours: {pass.Tps:0} TPS"));
        return pass.Tps;
    }

    private static async Task<double> RawAsync(ILab lab, BenchPassPlan plan, RunStore store, IProgressLog progress, CancellationToken ct)
    {
        var folder = Benchmark.WriteScripts(plan, store);
        var environment = lab.LibpqEnvironment(Place.ReadWrite, DatabaseUser.App);
        await LibpqProof.DemandAsync(lab, Place.ReadWrite, environment, ct);
        var result = await lab.RunRecordedAsync("pgbench-raw", "pgbench", plan.Arguments(), environment, folder, null, ct);
        var tps = TpsLine().Match(result.Output);
        if (result.ExitCode != 0 || !tps.Success)
        {
            throw new LabException($"raw pgbench failed with exit code {result.ExitCode}.\n{result.Error}");
        }

        var value = double.Parse(tps.Groups[1].Value, CultureInfo.InvariantCulture);
        progress.Say(string.Create(CultureInfo.InvariantCulture, $"raw pgbench: {value:0} TPS"));
        return value;
    }

    [GeneratedRegex(@"tps = ([0-9.]+) \(without initial connection time\)")]
    private static partial Regex TpsLine();
}

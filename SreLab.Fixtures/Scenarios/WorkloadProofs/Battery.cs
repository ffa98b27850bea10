using System.Diagnostics;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Every probe of the workloads, one after the other, on what is deployed. A probe that breaks off leaves its reason and not its neighbours' silence.</summary>
internal sealed class Battery
{
    private readonly BatteryContext _context;
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    private Battery(BatteryContext context) => _context = context;

    /// <summary>Carries it out.</summary>
    public static Task<BatteryRecord> RunAsync(BatteryContext context, CancellationToken ct) => new Battery(context).RunAsync(ct);

    private async Task<BatteryRecord> RunAsync(CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var started = DateTimeOffset.UtcNow;
        var logs = new LogFiles(_context.Workloads);
        using var readiness = new ReadinessProbe(_context);

        var healthy = await TryAsync(WorkloadReadiness.Probe, () => readiness.LookAsync(ct), ct);
        var liveness = await TryAsync(WorkloadLiveness.Probe, () => LivenessProbe.RunAsync(_context.Workloads, ct), ct);
        var privacy = await TryAsync(WorkloadPrivacy.Probe, () => PrivacyProbe.RunAsync(_context.Workloads, ct), ct);
        var metrics = await TryAsync(WorkloadMetrics.Probe, () => MetricsProbe.RunAsync(_context, ct), ct);
        var contract = await TryAsync(WorkloadContract.Probe, () => ContractProbe.RunAsync(_context, ct), ct);
        var traced = await TryAsync(WorkloadLogs.Probe, () => LogsProbe.RunAsync(_context, logs, ct), ct);
        var load = await TryAsync(WorkloadLoad.Probe, () => _context.LoadAsync(ct), ct);
        var refused = healthy is null ? null : await TryAsync(WorkloadReadiness.Probe, () => readiness.RefuseAsync(healthy, ct), ct);
        var restart = await TryAsync(WorkloadRestart.Probe, () => RestartProbe.RunAsync(_context, ct), ct);
        var burst = await TryAsync(WorkloadCounts.Probe, () => BurstProbe.RunAsync(_context, load, ct), ct);
        return new BatteryRecord
        {
            Defect = _context.Plan.Defect,
            Instance = BatteryPlan.Instance,
            IsWhole = _context.Plan.IsWhole,
            StartedUtc = started,
            Seconds = clock.Elapsed.TotalSeconds,
            Contract = contract,
            Liveness = liveness,
            Readiness = refused,
            Load = load,
            Counts = burst?.Counts,
            Memory = burst?.Memory,
            Connections = burst?.Connections,
            Cpu = burst?.Cpu,
            Logs = traced is null ? null : logs.Judge(traced),
            Restart = restart,
            Privacy = privacy,
            Metrics = metrics,
            Problems = _problems,
        };
    }

    private async Task<T?> TryAsync<T>(string probe, Func<Task<T>> run, CancellationToken ct)
        where T : class
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _problems[probe] = e is LabException ? e.Message.Split('\n')[0] : $"{e.GetType().Name}: {e.Message.Split('\n')[0]}";
            _context.Progress.Say($"workloads {_context.Plan.Name}: {probe} broke off: {_problems[probe]}");
            return null;
        }
    }
}

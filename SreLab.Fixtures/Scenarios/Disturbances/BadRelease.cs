using SreLab.Fixtures.Scenarios.AlertProofs;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Another release of the workloads: each instance of invoice-app with three defects that do not hide each other, and the provider stopped.</summary>
/// <remarks>
/// Clients ask each instance through its own sidecar, because the load balancer sends nothing to one that is not ready. Every alert is
/// awaited of the instance that carries its defect.
/// </remarks>
internal sealed class BadRelease : Disturbance
{
    /// <summary>What is deployed.</summary>
    internal static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Defects = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [Leaking] = ["memory-leak", "connection-leak", "failing-healthz"],
        [Failing] = ["slow-responses", WorkloadDefects.Random504, "wrong-probe-port"],
    };

    private const string Leaking = "app-1";
    private const string Failing = "app-2";

    // A MiB and a half a second is leaked.
    private const double LeakingRate = 24;

    // Each takes 3 to 8 s.
    private const double FailingRate = 10;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(4);
    private readonly List<IAsyncDisposable> _clients = [];
    private bool _isCaused;

    public override string Name => "bad-release";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("WorkloadOutOfRotation", $"{Failing}: the load balancer sends it nothing", async (context, ct) =>
            context.Workloads is not null && !(await context.Lab.Workloads.InRotationAsync(ct)).Contains(Failing))
        {
            Concerns = Chosen.Label("workload", () => Failing),
        },
        Of("WorkloadProbeFailing", Leaking, "its process answers, and its liveness probe has not answered with 200 for a second", (probe, ct) => probe.FailsProbeAsync(ct)),
        Of("WorkloadErrorsHigh", Failing, "more than 1 % of its requests of 30 s, 20 or more, failed", (probe, ct) => probe.FailsAsync(ct)),
        Of("WorkloadLatencyHigh", Failing, "more than 1 % of its requests of 30 s, 20 or more, were slower than the objective", (probe, ct) => probe.IsSlowAsync(ct)),
        Of("WorkloadMemoryGrowing", Leaking, "its heap is more than 32 MiB above the least of the last minute", (probe, ct) => probe.GrowsAsync(ct)),
        Of("WorkloadConnectionsLeaking", Leaking, "it uses 10 or more of its 20 connections", (probe, ct) => probe.HoldsConnectionsAsync(ct)),
        new("PaymentsStuck", "payments are pending, and none was acknowledged for 3 s", async (context, ct) =>
            context.Workloads is { } probes && await probes.Payments.HoldsAsync(context.Lab, ct)),
    ];

    public override string? WhyNot(DisturbanceContext context) => context.WhyNoWorkloads;

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _isCaused = true;
        var workloads = context.Lab.Workloads;

        // One after the other: a program that starts takes the processors for seconds, and the first chain begins when the first one answers.
        await workloads.DeployAsync(new WorkloadPlan { Defects = Defects.Where(d => d.Key == Leaking).ToDictionary() }, context.Progress, ct);
        await Task.Delay(Settled, ct);
        await workloads.DeployAsync(new WorkloadPlan { Defects = Defects }, context.Progress, ct);
        await workloads.StopAsync(workloads.Provider, ct);
        var pending = await StuckPayments.PayAsync(Instance(context.Lab, Failing), ct);
        _clients.Add(StageWorkloads.Clients(Instance(context.Lab, Leaking).Proxy, LeakingRate, context.Settings.Seed));
        _clients.Add(StageWorkloads.Clients(Instance(context.Lab, Failing).Proxy, FailingRate, context.Settings.Seed));
        return $"{string.Join("; ", Defects.Select(d => $"{d.Key} with {string.Join(", ", d.Value)}"))}; the provider stopped with {pending} payments to come";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        foreach (var clients in _clients)
        {
            await clients.DisposeAsync();
        }

        _clients.Clear();
        if (_isCaused)
        {
            await context.Lab.Workloads.DeployAsync(WorkloadPlan.Healthy, context.Progress, ct);
        }
    }

    private static ExpectedAlert Of(string alert, string instance, string condition, Func<WorkloadConditions, CancellationToken, Task<bool>> holds) =>
        new(alert, $"{instance}: {condition}", async (context, ct) => context.Workloads is { } probes && await holds(probes.Of(instance), ct))
        {
            Concerns = Chosen.Label("workload", () => instance),
        };

    private static WorkloadInstance Instance(ILab lab, string name) => lab.Workloads.InvoiceApps.Single(i => i.Name == name);
}

using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>A service with its sidecar, which live and die together like the containers of a pod.</summary>
/// <param name="Name"><c>app-1</c>, <c>app-2</c> or <c>provider</c>.</param>
/// <param name="Proxy">Base address of its sidecar: what others use.</param>
/// <param name="Service">Base address of the service behind it: for checks only.</param>
public sealed record WorkloadInstance(string Name, Uri Proxy, Uri Service);

/// <summary>How the workloads are to run.</summary>
public sealed record WorkloadPlan
{
    /// <summary>No defect anywhere.</summary>
    public static WorkloadPlan Healthy { get; } = new();

    /// <summary>Defects by instance name, as <see cref="WorkloadDefects"/> names them; each goes to the program that can carry it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Defects { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Further variables for every program, for example <c>DEFECT_504_RATIO</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>One defect on one instance.</summary>
    public static WorkloadPlan With(string defect, string instance) =>
        new() { Defects = new Dictionary<string, IReadOnlyList<string>> { [instance] = [defect] } };
}

/// <summary>The sample workloads of this lab: invoice-app twice, and payment-provider, each behind its edge-proxy.</summary>
public interface ILabWorkloads
{
    /// <summary>Where clients reach invoice-app: the load balancer in front of its instances.</summary>
    Uri Public { get; }

    /// <summary>The instances of invoice-app, in a fixed order.</summary>
    IReadOnlyList<WorkloadInstance> InvoiceApps { get; }

    /// <summary>The payment-provider; not reachable through <see cref="Public"/>.</summary>
    WorkloadInstance Provider { get; }

    /// <summary>The token that payment-provider asks of its clients.</summary>
    string PaymentToken { get; }

    /// <summary>Whether they were deployed and still run.</summary>
    Task<bool> AreDeployedAsync(CancellationToken ct);

    /// <summary>Makes them run as planned: starts what does not run, restarts what runs otherwise, leaves alone what runs so already.</summary>
    /// <param name="plan">Which defects.</param>
    /// <param name="progress">Told of every change of state.</param>
    /// <param name="ct">Cancels the wait; what was started goes on.</param>
    /// <returns>Once every program answers and, on instances without a defect, once the load balancer sends traffic to it.</returns>
    /// <exception cref="LabException">They were not built, the database is not seeded, an address is taken, or one did not come up within its bound.</exception>
    Task DeployAsync(WorkloadPlan plan, IProgressLog progress, CancellationToken ct);

    /// <summary>Ends them and the load balancer; the database keeps what they wrote.</summary>
    Task WithdrawAsync(CancellationToken ct);

    /// <summary>SIGKILL to the service of an instance; the supervisor starts it again, its sidecar lives on.</summary>
    /// <returns>What was signalled, for the evidence: program and pid.</returns>
    Task<string> KillAsync(WorkloadInstance instance, CancellationToken ct);

    /// <summary>SIGTERM to the service and the sidecar of an instance at once, as a pod gets it; returns once both have ended.</summary>
    Task StopAsync(WorkloadInstance instance, CancellationToken ct);

    /// <summary>Starts both again; returns once both answer.</summary>
    Task StartAsync(WorkloadInstance instance, CancellationToken ct);

    /// <summary>Names of the instances that the load balancer sends requests to now.</summary>
    Task<IReadOnlyList<string>> InRotationAsync(CancellationToken ct);

    /// <summary>Log file of an instance's service or sidecar: JSON lines.</summary>
    string LogFile(WorkloadInstance instance, bool ofSidecar);
}

/// <summary>The defects that the workloads can carry; <c>workloads/README.md</c> says what each does.</summary>
public static class WorkloadDefects
{
    /// <summary>The sidecar answers 504 to some requests.</summary>
    public const string Random504 = "random-504";

    /// <summary>Every defect.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "memory-leak", "counter-race", "failing-healthz", "slow-responses", "wrong-probe-port", Random504, "abrupt-shutdown", "connection-leak",
        "missing-correlation-id", "early-readiness",
    ];

    /// <summary>Whether the sidecar carries it, and not the service.</summary>
    public static bool IsOfSidecar(string defect) => defect == Random504;
}

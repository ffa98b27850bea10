using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Kubernetes;

/// <summary>What of the embedded target's promises Kubernetes does not have: why, and how to get it.</summary>
internal static class KubernetesLimits
{
    public const string Monitoring =
        "the alerts' disturbances change files and processes of the embedded target; the rules are the same ones: prove them with TARGET=local";

    public const string Workloads =
        "the workloads' defects are deployed as processes of the embedded target; here the charts run them: tell their defects apart with TARGET=local";

    public const string Backups =
        "the database archives nothing: it was applied without a store for backups; apply it again with backups = { enabled = true } (infra-terraform/README.md)";

    public const string Postmaster =
        "CloudNativePG starts a dead postmaster again in place, so no standby takes over by design; that nothing acknowledged is lost is judged, and the takeover where a pod is lost";

    public const string Lease = "the operator's lease decides after a crash of the container alone; what its timings cost is in docs/adr/0018-cloudnative-pg.md";

    public const string Listeners = "what listens here are the cluster's own nodes and load balancers; who reaches the database is judged by network policies: make platform";

    public const string Machines =
        "freezing and cutting act on processes of the embedded target; run the whole catalogue with TARGET=local";

    public const string Logs = "servers log into their pods' output, which ends with the pod; what members log through a fault is judged with TARGET=local";

    public const string Nodes = "the cluster's nodes are its owner's, so none is drained or lost; both run with TARGET=k3s";

    /// <summary>By capability.</summary>
    public static IReadOnlyDictionary<Capability, string> Of(LabSettings settings)
    {
        var lacks = new Dictionary<Capability, string>
        {
            [Capability.OwnListeners] = Listeners,
            [Capability.Monitoring] = Monitoring,
            [Capability.Workloads] = Workloads,
            [Capability.PostmasterFailover] = Postmaster,
            [Capability.Lease] = Lease,
            [Capability.Machines] = Machines,
            [Capability.ServerLogs] = Logs,
            [Capability.Volumes] = Machines,
        };
        if (settings.Target == KubernetesTargets.Existing)
        {
            lacks[Capability.OwnNodes] = Nodes;
        }

        if (settings is { Target: KubernetesTargets.Existing, Kubernetes.Adopt: true })
        {
            lacks[Capability.Removal] = $"{SettingNames.Adopt}=1: namespaces that the lab did not make stay";
        }

        return lacks;
    }
}

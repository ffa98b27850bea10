using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Reporting;

/// <content>What only a platform can promise: judged on Kubernetes, and not listed elsewhere.</content>
public static partial class Promises
{
    /// <summary>Anti-affinity.</summary>
    public static Promise InstancesApart { get; } =
        Of(PlatformParts.Placement, Stages.Platform, "Every instance of the database has a node of its own", (e, _) => PlatformPlacement.Apart(e.Platform));

    /// <summary>Storage.</summary>
    public static Promise VolumesBound { get; } =
        Of(PlatformParts.Volumes, Stages.Platform, "Every instance has its data and its log on volumes of the class that was asked for", (e, _) => PlatformPlacement.Bound(e.Platform));

    /// <summary>Load balancer.</summary>
    public static Promise BalancerReached { get; } =
        Of(PlatformParts.Doors, Stages.Platform, "The database is reached from outside of the cluster through the load balancer", (e, _) => PlatformPlacement.Reached(e.Platform)) with { IsHeadline = true };

    /// <summary>Network policies.</summary>
    public static Promise PoliciesEnforced { get; } =
        Of(PlatformParts.Calls, Stages.Platform, "Only clients reach the database from within the cluster", (e, _) => PlatformGuards.Policies(e.Platform)) with { IsHeadline = true };

    /// <summary>RBAC.</summary>
    public static Promise TeamsConfined { get; } =
        Of(PlatformParts.Rights, Stages.Platform, "A team's account runs its own service and reaches nothing else", (e, _) => PlatformGuards.Teams(e.Platform)) with { IsHeadline = true };

    /// <summary>Pod security.</summary>
    public static Promise PrivilegedRefused { get; } =
        Of(PlatformParts.Admissions, Stages.Platform, "A privileged pod is refused where data and services run", (e, _) => PlatformGuards.Admission(e.Platform));

    /// <summary>Grafana.</summary>
    public static Promise DashboardsServed { get; } =
        Of(PlatformParts.Dashboards, Stages.Platform, "Grafana serves the repository's dashboards", (e, _) => PlatformService.Dashboards(e.Platform));

    /// <summary>Rolling update.</summary>
    public static Promise UpdateWithoutFailure { get; } =
        Of(PlatformParts.RollingUpdate, Stages.Platform, "A rolling update of invoice-app fails no request and keeps its minimum", (e, _) => PlatformService.RollingUpdate(e.Platform)) with { IsHeadline = true };

    /// <summary>Horizontal autoscaling.</summary>
    public static Promise ScalesOutAndBack { get; } =
        Of(PlatformParts.Autoscaling, Stages.Platform, "Load scales invoice-app out, and its end scales it back", (e, _) => PlatformService.Autoscaling(e.Platform)) with { IsHeadline = true };

    /// <summary>Drift.</summary>
    public static Promise PlanWithoutChanges { get; } =
        Of(PlatformParts.Drift, Stages.Platform, "After all of it a plan of the infrastructure changes nothing", (e, _) => PlatformService.Drift(e.Platform));

    // Elsewhere there is nothing that could be mended to have them judged: unknown would be a reproach to nobody.
    private static bool IsListed(Promise promise, RunEvidence evidence) =>
        !IsOfPlatform(promise) || evidence.Run is not { } run || KubernetesTargets.IsOne(run.Target);

    private static bool IsOfPlatform(Promise promise) =>
        promise.Stage == Stages.Platform || (promise.Subject is { } kind && FaultCatalogue.Find(kind) is { IsOfPlatform: true });

    private static IReadOnlyList<Promise> OfPlatform =>
    [
        InstancesApart, VolumesBound, BalancerReached, PoliciesEnforced, TeamsConfined, PrivilegedRefused, DashboardsServed, UpdateWithoutFailure, ScalesOutAndBack, PlanWithoutChanges,
    ];
}

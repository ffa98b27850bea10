namespace SreLab.Fixtures.Lab;

/// <content>Waits on a platform.</content>
public static partial class Bounds
{
    /// <summary>A pod that tries or measures something has ended: its image is on the node, its script has an end of its own.</summary>
    public static Bound TrialPodEnds { get; } = new(nameof(TrialPodEnds), TimeSpan.FromMinutes(3));

    /// <summary>The benchmark's pods run: their image is on the nodes of the database's instances, and on others after one pull.</summary>
    public static Bound BenchPodsRun { get; } = new(nameof(BenchPodsRun), TimeSpan.FromMinutes(1));

    /// <summary>A rolling update is over: pods go one at a time, each drains for seconds and its successor starts a .NET program.</summary>
    public static Bound RollingUpdate { get; } = new(nameof(RollingUpdate), TimeSpan.FromMinutes(6));

    /// <summary>The autoscaler wants the fewest pods: what a start burned is out of its metrics and its window has passed.</summary>
    public static Bound AutoscalerAtRest { get; } = new(nameof(AutoscalerAtRest), TimeSpan.FromMinutes(6));

    /// <summary>The autoscaler has scaled out and a new pod is ready: metrics of 15 s, a window of 30 s, a start.</summary>
    public static Bound ScaledOut { get; } = new(nameof(ScaledOut), TimeSpan.FromMinutes(5));

    /// <summary>The platform tells that a container ended: its runtime says so to the kubelet, and the kubelet to the server.</summary>
    public static Bound ContainerEndSeen { get; } = new(nameof(ContainerEndSeen), TimeSpan.FromSeconds(30));

    /// <summary>A member's node is left: an eviction waits for a budget that the operator makes room in, by a switchover.</summary>
    public static Bound NodeLeft { get; } = new(nameof(NodeLeft), TimeSpan.FromMinutes(2));

    /// <summary>Another instance leads where that takes long: two pods are made again before the primary's, about 20 s each, or a lost node is given up after 40 s.</summary>
    public static Bound SlowTakeover { get; } = new(nameof(SlowTakeover), TimeSpan.FromMinutes(6));

    /// <summary>A restored database is gone with its volumes: its pod is stopped, then volumes are taken off the node.</summary>
    public static Bound RestoredGone { get; } = new(nameof(RestoredGone), TimeSpan.FromMinutes(3));

    /// <summary>A restarted instance is ready again.</summary>
    public static Bound InstanceRestarted { get; } = new(nameof(InstanceRestarted), TimeSpan.FromMinutes(3));
}

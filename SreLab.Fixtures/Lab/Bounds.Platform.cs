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
}

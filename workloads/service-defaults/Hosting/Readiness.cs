namespace SreLab.Workloads.ServiceDefaults.Hosting;

/// <summary>Whether requests are welcome.</summary>
/// <param name="lifecycle">Where the service is in its life.</param>
/// <param name="conditions">What must hold besides.</param>
public class Readiness(ServiceLifecycle lifecycle, IEnumerable<IReadinessCondition> conditions)
{
    /// <summary>The reason while the service ends.</summary>
    public const string Draining = "draining";

    /// <summary>The reason while the service is too young.</summary>
    public const string Starting = "starting";

    private readonly IReadinessCondition[] _conditions = [.. conditions];

    /// <summary>Why requests are not welcome; null when they are. The state that lasts longest wins.</summary>
    public virtual string? NotReadyBecause =>
        lifecycle.IsDraining ? Draining
        : lifecycle.IsStarting ? Starting
        : Array.Find(_conditions, c => !c.Holds)?.Reason;
}

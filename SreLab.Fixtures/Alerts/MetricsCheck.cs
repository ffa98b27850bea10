using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Alerts;

/// <summary>Looks which metrics Prometheus has, and on which member.</summary>
public static class MetricsCheck
{
    /// <summary>The look at a healthy lab.</summary>
    public const string BeforeFailover = "before-failover";

    /// <summary>The look after another member became primary and all members are back.</summary>
    public const string AfterFailover = "after-failover";

    /// <summary>Stands for what belongs to no member.</summary>
    public const string Edge = "edge";

    /// <summary>One look: a single query, however many series there are.</summary>
    /// <param name="lab">The lab; every member should be up.</param>
    /// <param name="moment"><see cref="BeforeFailover"/> or <see cref="AfterFailover"/>.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="LabException">There is no primary, or Prometheus did not answer.</exception>
    public static async Task<MetricsLook> LookAsync(ILab lab, string moment, CancellationToken ct)
    {
        var at = DateTimeOffset.UtcNow;
        var series = await lab.Monitoring.QueryAsync("""group by (__name__, member) ({__name__!=""})""", at, ct);
        var state = await lab.GetClusterStateAsync(ct);
        var primary = state.Primary?.Member.Name
            ?? throw new LabException($"metrics not looked at {moment}: the cluster has no primary; {state.Describe()}");
        return new MetricsLook(moment, at, primary, series
            .GroupBy(s => s["member"] is { Length: > 0 } member ? member : Edge, s => s["__name__"], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], StringComparer.Ordinal));
    }
}

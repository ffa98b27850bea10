using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults;

/// <summary>Waits for a cluster that has everything: the state before a fault and after its heal.</summary>
internal static class WholeCluster
{
    /// <summary>One primary, every other member streams on its timeline, and one of them is synchronous.</summary>
    public static bool IsWhole(ClusterState state) =>
        state.Primary is { } primary
        && state.StreamingStandbys.Count == state.Members.Count - 1
        && state.Members.All(m => m.Timeline == primary.Timeline)
        && state.StreamingStandbys.Any(s => s.IsSynchronous);

    public static Task<ClusterState> WaitAsync(ILab lab, Bound bound, CancellationToken ct) => Wait.UntilAsync(
        bound,
        $"{lab.Members.Count} members on one timeline, all but one streaming",
        async token =>
        {
            var state = await lab.GetClusterStateAsync(token).ConfigureAwait(false);
            return (IsWhole(state) ? state : null, state.Describe());
        },
        TimeSpan.FromMilliseconds(100),
        ct);
}

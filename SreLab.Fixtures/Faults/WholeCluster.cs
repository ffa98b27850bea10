using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults;

/// <summary>Waits for a cluster that has everything: the state before a fault and after its heal.</summary>
internal static class WholeCluster
{
    /// <summary>One primary, every other member streams on its timeline, and as many of them are synchronous as should be.</summary>
    /// <param name="state">The cluster as it was seen.</param>
    /// <param name="synchronous">How many synchronous standbys the cluster is set to; 0 in an asynchronous one.</param>
    public static bool IsWhole(ClusterState state, int synchronous) =>
        state.Primary is { } primary
        && state.StreamingStandbys.Count == state.Members.Count - 1
        && state.Members.All(m => m.Timeline == primary.Timeline)
        && state.StreamingStandbys.Count(s => s.IsSynchronous) >= Math.Min(synchronous, state.StreamingStandbys.Count);

    /// <summary>Waits for it.</summary>
    /// <param name="lab">Whose cluster.</param>
    /// <param name="bound">For how long.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <param name="leader">Who must lead it; null for anybody.</param>
    public static Task<ClusterState> WaitAsync(ILab lab, Bound bound, CancellationToken ct, Member? leader = null) => Wait.UntilAsync(
        bound,
        $"{lab.Members.Count} members on one timeline, all but one streaming, synchronous as set{(leader is null ? "" : $", led by {leader.Name}")}",
        async token =>
        {
            var state = await lab.GetClusterStateAsync(token).ConfigureAwait(false);
            var settings = await lab.GetDynamicSettingsAsync(token).ConfigureAwait(false);
            return (IsWhole(state, SynchronousStandbys(settings)) && (leader is null || state.Primary!.Member == leader) ? state : null, state.Describe());
        },
        TimeSpan.FromMilliseconds(100),
        ct);

    /// <summary>How many synchronous standbys the settings ask for.</summary>
    public static int SynchronousStandbys(IReadOnlyDictionary<string, string> settings)
    {
        // YAML's true reads back as true or True; "quorum" is a mode of its own from Patroni 4 on.
        var mode = settings.GetValueOrDefault("synchronous_mode", "false");
        return mode.Equals("false", StringComparison.OrdinalIgnoreCase) || mode.Equals("off", StringComparison.OrdinalIgnoreCase)
            ? 0
            : int.TryParse(settings.GetValueOrDefault("synchronous_node_count"), CultureInfo.InvariantCulture, out var count) ? count : 1;
    }
}

using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Faults;

/// <summary>Who is hit, where there is a choice.</summary>
internal static class Victims
{
    /// <summary>A standby for which commits wait.</summary>
    /// <exception cref="LabException">There is none: hitting another would prove nothing.</exception>
    public static Member SynchronousStandby(ClusterState state, Random random) => Pick(
        [.. state.StreamingStandbys.Where(s => s.IsSynchronous)], random, $"no synchronous standby streams: {state.Describe()}");

    /// <summary>Any standby that streams.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public static Member Standby(ClusterState state, Random random) => Pick(state.StreamingStandbys, random, $"no standby streams: {state.Describe()}");

    private static Member Pick(IReadOnlyList<MemberState> among, Random random, string none) =>
        among.Count == 0 ? throw new LabException($"fault refused: {none}\n  fix          make up (repairs the lab)") : among[random.Next(among.Count)].Member;
}

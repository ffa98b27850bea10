using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults;

/// <summary>Planned work on a lab, with its end awaited.</summary>
internal static class HandOver
{
    /// <summary>Hands the primary's role to a standby, and waits until the cluster is whole again with that one as primary.</summary>
    /// <returns>The cluster afterwards.</returns>
    public static async Task<ClusterState> ToAsync(ILab lab, Member to, CancellationToken ct)
    {
        var before = await WholeCluster.WaitAsync(lab, Bounds.Rejoin, ct).ConfigureAwait(false);
        await Operations(lab).SwitchOverAsync(before.Primary!.Member, to, ct).ConfigureAwait(false);
        // Where a switchover is ordered and not done, the cluster is whole under its old primary for a while yet.
        return await WholeCluster.WaitAsync(lab, Bounds.Rejoin, ct, to).ConfigureAwait(false);
    }

    /// <summary>Who orders planned work here.</summary>
    /// <exception cref="LabException">Nobody can.</exception>
    public static ILabOperations Operations(ILab lab) =>
        lab.Faults.Operations ?? throw new LabException("refused: nobody can be told to switch over or restart this cluster.\n  fix          make switchover TARGET=local");
}

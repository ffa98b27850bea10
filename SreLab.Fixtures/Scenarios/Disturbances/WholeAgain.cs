using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>The end of a heal: the cluster has everything again.</summary>
internal static class WholeAgain
{
    /// <summary>Waits until the cluster is whole; a standby that cannot follow by itself is copied from the primary.</summary>
    /// <exception cref="LabException">It did not become whole.</exception>
    public static async Task WaitAsync(ILab lab, IProgressLog progress, CancellationToken ct)
    {
        try
        {
            await WholeCluster.WaitAsync(lab, Bounds.StandbyFollows, ct);
        }
        catch (LabException)
        {
            var state = await lab.GetClusterStateAsync(ct);
            foreach (var stuck in state.Members.Where(m => m.Role != Role.Primary && !(m.IsStreaming && m.Timeline == state.Primary?.Timeline)))
            {
                progress.Say($"{stuck.Describe()} does not follow; copying the primary's data to it");
                await lab.Faults.RebuildMemberAsync(stuck.Member, ct);
            }

            await WholeCluster.WaitAsync(lab, Bounds.Rejoin, ct);
        }
    }
}

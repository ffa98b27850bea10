using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>The primary's node is drained, or its machine stops.</summary>
/// <param name="lab">The lab that is hit.</param>
/// <param name="before">The cluster before.</param>
/// <param name="isLost">Whether the machine stops, and not only its pods are asked to go.</param>
internal sealed class LeftNode(ILab lab, ClusterState before, bool isLost) : LabFault(lab, before)
{
    private Member _victim = before.Primary!.Member;

    public override string Victim => _victim.Name;

    public override string? Recovery => isLost ? "the node was started again" : "pods are let onto the node again";

    // Whoever is lost with the control plane has nobody left to take over from it.
    public override async Task PrepareAsync(CancellationToken ct)
    {
        if (!isLost || !await Platform.IsBesideControlPlaneAsync(_victim, ct).ConfigureAwait(false))
        {
            return;
        }

        foreach (var standby in Before.StreamingStandbys.Select(s => s.Member))
        {
            if (!await Platform.IsBesideControlPlaneAsync(standby, ct).ConfigureAwait(false))
            {
                _victim = (await HandOver.ToAsync(Lab, standby, ct).ConfigureAwait(false)).Primary!.Member;
                return;
            }
        }

        throw new LabException($"fault refused: every instance is on a node with the control plane: {Before.Describe()}\n  fix          add nodes that have none");
    }

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{Victim} to refuse a direct connection",
        async token => (await DirectConnection.IsRefusedAsync(_victim.Host, _victim.Port, token).ConfigureAwait(false) ? $"{Victim} refuses connections" : null, "connection accepted"),
        ct,
        Bounds.NodeLeft);

    protected override Task<string> BreakAsync(CancellationToken ct) => isLost ? Platform.LoseNodeAsync(_victim, ct) : Platform.DrainNodeAsync(_victim, ct);

    protected override Task MendAsync(CancellationToken ct) => Platform.ReturnNodeAsync(ct);
}

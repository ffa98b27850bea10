using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>Every instance gets another request of memory: the operator makes one pod after another again, and hands the primary's role over before the last.</summary>
internal sealed class ResizedCluster(ILab lab, ClusterState before) : LabFault(lab, before)
{
    public override string Victim => Primary.Name;

    public override string? Recovery => "the old size was put back";

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{Victim} to hand its role over",
        async token =>
        {
            var leader = await Lab.GetLeaderNameAsync(token).ConfigureAwait(false);
            return (leader is not null && leader != Victim ? $"{leader} leads" : null, leader ?? "nobody leads");
        },
        ct,
        Bounds.SlowTakeover);

    protected override Task<string> BreakAsync(CancellationToken ct) => Platform.ResizeAsync(ct);

    protected override async Task MendAsync(CancellationToken ct)
    {
        await WholeCluster.WaitAsync(Lab, Bounds.SlowTakeover, ct).ConfigureAwait(false);
        await Platform.PutSizeBackAsync(ct).ConfigureAwait(false);
    }
}

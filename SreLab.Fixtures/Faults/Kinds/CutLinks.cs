using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>Ways between the primary and others are cut: packets are lost, nobody is told.</summary>
/// <param name="lab">The lab that is hit.</param>
/// <param name="before">The cluster before.</param>
/// <param name="links">Which ways.</param>
internal sealed class CutLinks(ILab lab, ClusterState before, params LabLink[] links) : LabFault(lab, before)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public override string Victim => Primary.Name;

    public override string? Recovery => "the ways were mended";

    public override async Task<string> WaitUntilSeenAsync(CancellationToken ct)
    {
        foreach (var link in links)
        {
            await SeenAsync(
                $"nothing to pass any more ({link})",
                async token => (await Machines.PassesAsync(Primary, link, Patience, token).ConfigureAwait(false) ? null : "silent", "something passed"),
                ct).ConfigureAwait(false);
        }

        return $"nothing passes: {string.Join(", ", links)}";
    }

    protected override async Task<string> BreakAsync(CancellationToken ct)
    {
        var done = new List<string>();
        foreach (var link in links)
        {
            done.Add(await Machines.CutAsync(Primary, link, ct).ConfigureAwait(false));
        }

        return string.Join("; ", done);
    }

    protected override Task MendAsync(CancellationToken ct) => Machines.MendAsync(ct);
}

using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>Everything of all members dies at once, and starts again by itself.</summary>
/// <remarks>SIGKILL leaves the kernel's page cache alive: that the disk itself has what was flushed is not shown by it.</remarks>
internal sealed class LostPower(ILab lab, ClusterState before) : LabFault(lab, before)
{
    public override string Victim => "every member";

    public override string? Recovery => "every member was started again";

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        "every member to refuse a direct connection",
        async token =>
        {
            var refused = await Task.WhenAll(Lab.Members.Select(m => DirectConnection.IsRefusedAsync(m.Host, m.Port, token))).ConfigureAwait(false);
            return (Array.TrueForAll(refused, r => r) ? "every member refuses connections" : null, $"{refused.Count(r => r)} of {refused.Length} refuse");
        },
        ct);

    protected override Task<string> BreakAsync(CancellationToken ct) => Machines.KillAllAsync(ct);

    protected override Task MendAsync(CancellationToken ct) => Machines.StartAllAsync(ct);
}

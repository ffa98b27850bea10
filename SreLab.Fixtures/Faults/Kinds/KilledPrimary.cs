using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>SIGKILL to the primary's postmaster or to its whole member.</summary>
/// <param name="lab">The lab that is hit.</param>
/// <param name="before">The cluster before.</param>
/// <param name="isWhole">Whether the whole member dies, and not PostgreSQL alone.</param>
internal sealed class KilledPrimary(ILab lab, ClusterState before, bool isWhole) : LabFault(lab, before)
{
    public override string Victim => Primary.Name;

    // After a killed postmaster there is nothing to start: its Patroni lives and does it.
    public override string? Recovery => isWhole ? $"{Victim} was started again" : null;

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{Victim} to refuse a direct connection",
        async token => (await DirectConnection.IsRefusedAsync(Primary.Host, Primary.Port, token).ConfigureAwait(false) ? $"{Victim} refuses connections" : null, "connection accepted"),
        ct);

    protected override Task<string> BreakAsync(CancellationToken ct) =>
        isWhole ? Lab.Faults.KillMemberAsync(Primary, ct) : Lab.Faults.KillPostmasterAsync(Primary, ct);

    protected override Task MendAsync(CancellationToken ct) =>
        isWhole ? Lab.Faults.StartMemberAsync(Primary, ct) : Task.CompletedTask;
}

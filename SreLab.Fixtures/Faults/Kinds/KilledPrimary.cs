using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>SIGKILL to the primary's postmaster or to its whole member.</summary>
/// <param name="lab">The lab that is hit.</param>
/// <param name="before">The cluster before.</param>
/// <param name="isWhole">Whether the whole member dies, and not PostgreSQL alone.</param>
internal sealed class KilledPrimary(ILab lab, ClusterState before, bool isWhole) : LabFault(lab, before)
{
    private Member _victim = before.Primary!.Member;

    public override string Victim => _victim.Name;

    // After a killed postmaster there is nothing to start: its Patroni lives and does it.
    public override string? Recovery => isWhole ? $"{Victim} was started again" : null;

    // A container ends with its postmaster: what is judged is the first crash, whatever fell before.
    public override async Task PrepareAsync(CancellationToken ct)
    {
        if (!isWhole && Lab.Faults.Platform is { } platform)
        {
            _victim = await new ContainerCrashes(Lab, platform).FreshPrimaryAsync(ct).ConfigureAwait(false);
        }
    }

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{Victim} to refuse a direct connection",
        async token => (await DirectConnection.IsRefusedAsync(_victim.Host, _victim.Port, token).ConfigureAwait(false) ? $"{Victim} refuses connections" : null, "connection accepted"),
        ct);

    protected override Task<string> BreakAsync(CancellationToken ct) =>
        isWhole ? Lab.Faults.KillMemberAsync(_victim, ct) : Lab.Faults.KillPostmasterAsync(_victim, ct);

    protected override Task MendAsync(CancellationToken ct) =>
        isWhole ? Lab.Faults.StartMemberAsync(_victim, ct) : Task.CompletedTask;
}

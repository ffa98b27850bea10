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
    private ContainerLife? _life;

    public override string Victim => _victim.Name;

    // After a killed postmaster there is nothing to start: its Patroni lives and does it.
    public override string? Recovery => isWhole ? $"{Victim} was started again" : null;

    // A container ends with its postmaster: what is judged is the first crash, whatever fell before.
    public override async Task PrepareAsync(CancellationToken ct)
    {
        if (!isWhole && Lab.Faults.Platform is { } platform)
        {
            _victim = await new ContainerCrashes(Lab, platform).FreshPrimaryAsync(ct).ConfigureAwait(false);
            _life = await platform.LifeAsync(_victim, ct).ConfigureAwait(false);
        }
    }

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync($"{Victim} to refuse a direct connection{(_life is null ? "" : ", or another container of it to run")}", LookAsync, ct);

    protected override Task<string> BreakAsync(CancellationToken ct) =>
        isWhole ? Lab.Faults.KillMemberAsync(_victim, ct) : Lab.Faults.KillPostmasterAsync(_victim, ct);

    protected override Task MendAsync(CancellationToken ct) =>
        isWhole ? Lab.Faults.StartMemberAsync(_victim, ct) : Task.CompletedTask;

    private async Task<(string? Seen, string Now)> LookAsync(CancellationToken ct)
    {
        if (await DirectConnection.IsRefusedAsync(_victim.Host, _victim.Port, ct).ConfigureAwait(false))
        {
            return ($"{Victim} refuses connections", "");
        }

        // A container that is started in place can be back before the way to it, which leads through the cluster's API, has told that it was gone.
        return _life is { } before && await Platform.LifeAsync(_victim, ct).ConfigureAwait(false) is var now && now.Id != before.Id
            ? ($"the container of {Victim} ended: {now.State}", "")
            : (null, "connection accepted");
    }
}

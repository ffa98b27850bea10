using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>The primary's container ends: for the first time, or again while the kubelet remembers an earlier crash.</summary>
/// <remarks>Which of both it is decides who wins: a container that is started at once, or a standby that takes over. So it is made sure of before any load runs.</remarks>
/// <param name="lab">The lab that is hit.</param>
/// <param name="before">The cluster before.</param>
/// <param name="isInBackOff">Whether the container is to have crashed before.</param>
internal sealed class KilledContainer(ILab lab, ClusterState before, bool isInBackOff) : LabFault(lab, before)
{
    private Member _victim = before.Primary!.Member;
    private ContainerLife? _life;

    public override string Victim => _victim.Name;

    public override async Task PrepareAsync(CancellationToken ct)
    {
        var crashes = new ContainerCrashes(Lab, Platform);
        _victim = isInBackOff ? await crashes.CrashedPrimaryAsync(ct).ConfigureAwait(false) : await crashes.FreshPrimaryAsync(ct).ConfigureAwait(false);
        _life = await Platform.LifeAsync(_victim, ct).ConfigureAwait(false);
    }

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"the container of {Victim} to end",
        async token =>
        {
            var life = await Platform.LifeAsync(_victim, token).ConfigureAwait(false);
            return (life.Id == _life!.Id ? null : $"the container of {Victim} ended: {life.State}", life.State);
        },
        ct,
        Bounds.ContainerEndSeen);

    protected override Task<string> BreakAsync(CancellationToken ct) => Platform.KillContainerAsync(_victim, ct);

    protected override Task MendAsync(CancellationToken ct) => Task.CompletedTask;
}

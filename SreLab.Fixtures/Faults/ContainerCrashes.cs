using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults;

/// <summary>Chooses a primary by the crashes of its container: after one, the kubelet waits before it starts it again, and who wins is another.</summary>
/// <param name="lab">A lab with a platform.</param>
/// <param name="platform">That platform.</param>
internal sealed class ContainerCrashes(ILab lab, ILabPlatformFaults platform)
{
    // A crash may itself lead to a takeover, after which the next primary has not crashed yet.
    private const int MostCrashes = 3;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Sees to a primary whose container has not crashed for so long that the kubelet has forgotten it.</summary>
    public async Task<Member> FreshPrimaryAsync(CancellationToken ct)
    {
        var state = await WholeCluster.WaitAsync(lab, Bounds.Rejoin, ct).ConfigureAwait(false);
        if (!await HasCrashedAsync(state.Primary!.Member, ct).ConfigureAwait(false))
        {
            return state.Primary.Member;
        }

        var successor = state.StreamingStandbys[0].Member;
        if (await HasCrashedAsync(successor, ct).ConfigureAwait(false))
        {
            // A pod that was made again has no crash behind it.
            await AnotherAsync(successor, () => lab.Faults.KillMemberAsync(successor, ct), ct).ConfigureAwait(false);
        }

        return (await HandOver.ToAsync(lab, successor, ct).ConfigureAwait(false)).Primary!.Member;
    }

    /// <summary>Sees to a primary whose container has just crashed.</summary>
    /// <exception cref="LabException">Each crash led to a takeover.</exception>
    public async Task<Member> CrashedPrimaryAsync(CancellationToken ct)
    {
        for (var crash = 0; crash <= MostCrashes; crash++)
        {
            var primary = (await WholeCluster.WaitAsync(lab, Bounds.Rejoin, ct).ConfigureAwait(false)).Primary!.Member;
            if (await HasCrashedAsync(primary, ct).ConfigureAwait(false))
            {
                return primary;
            }

            await AnotherAsync(primary, () => platform.KillContainerAsync(primary, ct), ct).ConfigureAwait(false);
        }

        throw new LabException($"fault refused: after {MostCrashes} crashes the primary is still one that did not crash.\n  look         make status");
    }

    // Until the old one is gone it answers as if nothing had happened.
    private async Task AnotherAsync(Member member, Func<Task<string>> end, CancellationToken ct)
    {
        var before = await platform.LifeAsync(member, ct).ConfigureAwait(false);
        await end().ConfigureAwait(false);
        await Wait.UntilAsync(
            Bounds.Rejoin,
            $"another container of {member.Name} to run",
            async token =>
            {
                var life = await platform.LifeAsync(member, token).ConfigureAwait(false);
                return (life.Id.Length > 0 && life.Id != before.Id ? life : null, life.State);
            },
            LookInterval,
            ct).ConfigureAwait(false);
    }

    private async Task<bool> HasCrashedAsync(Member member, CancellationToken ct) =>
        (await platform.LifeAsync(member, ct).ConfigureAwait(false)).SinceCrash is { } since && since < ILabPlatformFaults.BackOffForgotten;
}

using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>SIGSTOP to a part of a member, and SIGCONT later.</summary>
/// <param name="lab">The lab that is hit.</param>
/// <param name="before">The cluster before.</param>
/// <param name="member">Who is hit.</param>
/// <param name="part">What of it.</param>
internal sealed class FrozenMember(ILab lab, ClusterState before, Member member, FrozenPart part) : LabFault(lab, before)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public override string Victim => member.Name;

    public override string? Recovery => $"{Victim} was thawed";

    public override async Task<string> WaitUntilSeenAsync(CancellationToken ct)
    {
        await SeenAsync(
            $"every process of {member.Name} to be stopped ({part})",
            _ => Task.FromResult((Machines.IsFrozen(member, part) ? "stopped" : null, "some run")),
            ct).ConfigureAwait(false);
        return part switch
        {
            FrozenPart.Postgres or FrozenPart.Everything => await SilentAsync(ct).ConfigureAwait(false),
            FrozenPart.Patroni => $"the Patroni of {member.Name} is stopped",
            _ => $"the WAL receiver of {member.Name} is stopped",
        };
    }

    protected override Task<string> BreakAsync(CancellationToken ct) => Machines.FreezeAsync(member, part, ct);

    protected override Task MendAsync(CancellationToken ct)
    {
        Machines.Thaw();
        return Task.CompletedTask;
    }

    // The kernel takes connections for a stopped server; what shows the fault is that nothing answers.
    private Task<string> SilentAsync(CancellationToken ct) => SeenAsync(
        $"{member.Name} to leave a question unanswered for {Patience.TotalSeconds:0} s",
        async token => (await DirectConnection.AskAsync(Lab, member, DatabaseUser.App, "select 1", Patience, token).ConfigureAwait(false) is null ? $"{member.Name} answers nobody" : null, "it answers"),
        ct);
}

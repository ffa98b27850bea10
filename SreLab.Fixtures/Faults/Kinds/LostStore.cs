using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>The consensus store loses its majority: two of its members die; optionally one standby's Patroni answers nobody any more.</summary>
/// <param name="lab">The lab that is hit.</param>
/// <param name="before">The cluster before.</param>
/// <param name="random">Draws the victims.</param>
/// <param name="silencesStandby">Whether a standby's Patroni is frozen as well.</param>
internal sealed class LostStore(ILab lab, ClusterState before, Random random, bool silencesStandby) : LabFault(lab, before)
{
    private readonly Member[] _dead = [.. before.Members.Select(m => m.Member).OrderBy(_ => random.Next()).Take(2)];
    private readonly Member? _silent = silencesStandby ? Victims.Standby(before, random) : null;

    public override string Victim => string.Join(" and ", _dead.Select(m => m.Name)) + " (etcd)";

    public override string? Recovery => "etcd was started again" + (_silent is null ? "" : $", {_silent.Name} was thawed");

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        "the store to have lost its majority",
        async token => (await Lab.Faults.LeaseLeftSecondsAsync(token).ConfigureAwait(false) is null ? "the store answers no question that needs a majority" : null, "it answers"),
        ct);

    protected override async Task<string> BreakAsync(CancellationToken ct)
    {
        var done = new List<string>();
        if (_silent is not null)
        {
            done.Add(await Machines.FreezeAsync(_silent, FrozenPart.Patroni, ct).ConfigureAwait(false));
        }

        foreach (var member in _dead)
        {
            done.Add(await Lab.Faults.KillProgramAsync(member, MemberProgram.ConsensusStore, ct).ConfigureAwait(false));
        }

        return string.Join("; ", done);
    }

    protected override async Task MendAsync(CancellationToken ct)
    {
        Machines.Thaw();

        // All of them at once: a single one never becomes healthy alone.
        await Machines.StartAllAsync(ct).ConfigureAwait(false);
    }
}

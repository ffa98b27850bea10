using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>The consensus store loses its majority; the primary stays, because its cluster manager reaches every member (failsafe mode).</summary>
internal sealed class LostQuorum : Disturbance
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly List<Member> _lost = [];
    private Member _primary = Member.None;

    public override string Name => "lost-quorum";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("EtcdNoLeader", "the member of the store that is left knows no leader", async (context, ct) =>
            _primary != Member.None && !await context.Lab.Sources.KnowsStoreLeaderAsync(_primary, ct))
        {
            Concerns = Chosen.Label("member", () => _primary.Name),
        },
        new("FailsafeActive", "the primary's cluster manager has lost the store and keeps its role", async (context, ct) =>
            _primary != Member.None && (await context.Lab.Sources.ManagerAsync(_primary, ct)).IsFailsafeActive)
        {
            Concerns = Chosen.Label("member", () => _primary.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);
        var signalled = new List<string>();
        foreach (var member in context.Lab.Members.Where(m => m != _primary))
        {
            _lost.Add(member);
            signalled.Add(await context.Lab.Faults.KillProgramAsync(member, MemberProgram.ConsensusStore, ct));
        }

        return string.Join("; ", signalled);
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        foreach (var member in _lost)
        {
            await context.Lab.Faults.StartMemberAsync(member, ct);
        }

        if (_lost.Count > 0)
        {
            // The standbys' Patroni goes on believing in failsafe mode for a ttl after the primary's last word of it.
            await Wait.UntilAsync(
                Bounds.StoreHealthy,
                "the consensus store to name a leader, and the primary to find it again",
                async token =>
                {
                    var leader = await context.Lab.GetLeaderNameAsync(token);
                    var belief = await context.Lab.Sources.ManagerAsync(_primary, token);
                    return (belief.IsFailsafeActive ? null : leader, leader is null ? "no leader" : "failsafe mode is active");
                },
                PollInterval,
                ct);
            await WholeAgain.WaitAsync(context.Lab, context.Progress, ct);
        }
    }
}

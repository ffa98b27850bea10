using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A standby receives WAL and does not replay it, while clients write.</summary>
internal sealed class PausedReplay : Disturbance
{
    private const string Question =
        """
        select pg_is_in_recovery() and pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()
          and clock_timestamp() - pg_last_xact_replay_timestamp() > interval '5 s'
        """;

    private Member _standby = Member.None;

    public override string Name => "paused-replay";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("ReplicationLagHigh", "a standby has WAL to replay, and the last commit that it replayed is older than 5 s", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, Place.On(_standby), Question, ct))
        {
            Concerns = Chosen.Label("member", () => _standby.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _standby = await Chosen.StandbyAsync(context.Lab, 0, ct);
        await AdminSql.RunAsync(context.Lab, Place.On(_standby), "select pg_wal_replay_pause()", ct);
        return $"WAL replay paused on {_standby} while clients write";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_standby != Member.None && await ResumeAsync(context.Lab, _standby, ct))
        {
            await CaughtUpStandbys.WaitAsync(context.Lab, ct);
        }
    }

    /// <summary>Lets a member replay again; nothing happens when it does.</summary>
    /// <returns>Whether it was paused.</returns>
    /// <exception cref="LabException">The member does not answer.</exception>
    internal static async Task<bool> ResumeAsync(ILab lab, Member member, CancellationToken ct)
    {
        const string paused = "select case when pg_is_in_recovery() then pg_is_wal_replay_paused() else false end";
        if (await AdminSql.RunAsync(lab, Place.On(member), paused, ct) is not true)
        {
            return false;
        }

        await AdminSql.RunAsync(lab, Place.On(member), "select pg_wal_replay_resume()", ct);
        return true;
    }
}

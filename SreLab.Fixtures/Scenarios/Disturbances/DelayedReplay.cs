using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A standby receives WAL and replays none of it.</summary>
internal sealed class DelayedReplay : Disturbance
{
    private const string Question =
        """
        select pg_is_in_recovery() and pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()
          and clock_timestamp() - pg_last_xact_replay_timestamp() > interval '5 s'
        """;

    private Member _standby = Member.None;
    private HeldReplay? _replay;

    public override string Name => "delayed-replay";

    public override string Target => _standby.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("ReplicationLagHigh", "a standby has WAL to replay, and the last commit that it replayed is older than 5 s", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, _standby, Question, ct))
        {
            Concerns = Chosen.Label("member", () => _standby.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _standby = await Chosen.StandbyAsync(context.Lab, 0, ct);
        _replay = await HeldReplay.StartAsync(context.Lab, _standby, ct);
        return $"a reader on {_standby} holds up replay while clients write";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_replay is not null)
        {
            await _replay.DisposeAsync();
            _replay = null;
        }

        if (_standby != Member.None && await HeldReplay.ResetAsync(context.Lab, _standby, ct))
        {
            await CaughtUpStandbys.WaitAsync(context.Lab, ct);
        }
    }
}

using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A reader on a standby holds up replay: it keeps a lock on a table that the primary has locked for itself, for a moment.</summary>
/// <remarks>
/// Not by <c>pg_wal_replay_pause()</c> nor by <c>recovery_min_apply_delay</c>: Patroni takes both back in its next loops. PostgreSQL would
/// end the reader after 30 s (<c>max_standby_streaming_delay</c>), so the standby is told to be patient; that setting Patroni leaves alone.
/// </remarks>
internal sealed class DelayedReplay : Disturbance
{
    private const string Setting = "max_standby_streaming_delay";

    private const string Question =
        """
        select pg_is_in_recovery() and pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()
          and clock_timestamp() - pg_last_xact_replay_timestamp() > interval '5 s'
        """;

    private Member _standby = Member.None;
    private NpgsqlConnection? _reader;

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
        await AdminSql.RunAsync(context.Lab, Place.On(_standby), $"alter system set {Setting} = '10min'", ct);
        await AdminSql.RunAsync(context.Lab, Place.On(_standby), "select pg_reload_conf()", ct);
        _reader = await ClientSession.OpenAsync(context.Lab, Place.On(_standby), ct);
        await ClientSession.ExecuteAsync(_reader, $"begin; select 1 from {LedgerTable.Name} limit 1", ct);
        await AdminSql.RunAsync(context.Lab, Place.ReadWrite, $"begin; lock table {LedgerTable.Name} in access exclusive mode; commit", ct);
        return $"a reader on {_standby} holds up replay while clients write";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
            _reader = null;
        }

        if (_standby != Member.None && await ResetAsync(context.Lab, _standby, ct))
        {
            await CaughtUpStandbys.WaitAsync(context.Lab, ct);
        }
    }

    /// <summary>Makes a member as impatient with its readers as before; nothing happens when it is.</summary>
    /// <returns>Whether it was too patient.</returns>
    internal static async Task<bool> ResetAsync(ILab lab, Member member, CancellationToken ct)
    {
        const string isSet = $"select exists (select from pg_file_settings where name = '{Setting}' and sourcefile like '%/postgresql.auto.conf')";
        if (await AdminSql.RunAsync(lab, Place.On(member), isSet, ct) is not true)
        {
            return false;
        }

        await AdminSql.RunAsync(lab, Place.On(member), $"alter system reset {Setting}", ct);
        await AdminSql.RunAsync(lab, Place.On(member), "select pg_reload_conf()", ct);
        return true;
    }
}

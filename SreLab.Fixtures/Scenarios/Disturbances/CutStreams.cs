using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>The standbys may not log in any more, and those that are logged in are thrown out.</summary>
/// <remarks>Not by a wrong <c>primary_conninfo</c>: Patroni puts the right one back in its next loop.</remarks>
internal sealed class CutStreams : Disturbance
{
    /// <summary>The exporter's own measure of a stream: up, and heard of within its time-out.</summary>
    private const string NoStream =
        """
        select pg_is_in_recovery() and not exists (
          select from pg_stat_wal_receiver where status = 'streaming'
            and last_msg_receipt_time > clock_timestamp() - current_setting('wal_receiver_timeout')::interval)
        """;

    private const string TooFewSynchronous =
        """
        select not pg_is_in_recovery() and (present = 0 or present < wanted) from
          (select count(*) as present from pg_stat_replication where state = 'streaming' and sync_state in ('sync', 'quorum')) as p,
          (select case current_setting('synchronous_standby_names') when '' then 0 else
             coalesce(substring(current_setting('synchronous_standby_names') from '^\s*(?:ANY\s+|FIRST\s+)?(\d+)\s*\(')::int, 1) end as wanted) as w
        """;

    private Member _primary = Member.None;
    private Member _standby = Member.None;

    public override string Name => "cut-streams";

    public override string Target => _standby.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("SyncStandbyMissing", "fewer synchronous standbys stream from the primary than commits wait for", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, _primary, TooFewSynchronous, ct)),
        new("ReplicationBroken", "a standby receives nothing", (context, ct) => SourceSql.IsTrueAsync(context.Lab, _standby, NoStream, ct))
        {
            Concerns = Chosen.Label("member", () => _standby.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);
        _standby = await Chosen.StandbyAsync(context.Lab, 0, ct);
        var place = Place.On(_primary);
        var role = (string)(await AdminSql.RunAsync(context.Lab, place, "select quote_ident(usename) from pg_stat_replication limit 1", ct))!;
        await AdminSql.RunAsync(context.Lab, place, $"alter role {role} nologin", ct);
        await AdminSql.RunAsync(context.Lab, place, "select count(pg_terminate_backend(pid)) from pg_stat_replication", ct);
        return $"role {role} may not log in to {_primary} any more, and its streams were ended";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (await RepairAsync(context.Lab, ct))
        {
            await WholeAgain.WaitAsync(context.Lab, context.Progress, ct);
        }
    }

    /// <summary>Lets roles that replicate log in again; nothing happens when they can.</summary>
    /// <returns>Whether one could not.</returns>
    internal static async Task<bool> RepairAsync(ILab lab, CancellationToken ct)
    {
        const string locked = "select string_agg(quote_ident(rolname), ',') from pg_roles where rolreplication and not rolcanlogin";
        if (await AdminSql.RunAsync(lab, Place.ReadWrite, locked, ct) is not string roles)
        {
            return false;
        }

        foreach (var role in roles.Split(','))
        {
            // No standby is there to confirm it.
            await AdminSql.RunAsync(lab, Place.ReadWrite, $"set synchronous_commit = local; alter role {role} login", ct);
        }

        return true;
    }
}

using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>No standby can reach the primary: each looks for it at a port where nobody listens.</summary>
/// <remarks>
/// The setting goes to <c>postgresql.auto.conf</c>, which wins over the file that Patroni writes; what Patroni does about it, a reload in
/// each of its loops, changes nothing until the setting is reset.
/// </remarks>
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

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("SyncStandbyMissing", "fewer synchronous standbys stream from the primary than commits wait for", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, Place.On(_primary), TooFewSynchronous, ct)),
        new("ReplicationBroken", "a standby receives nothing", (context, ct) => SourceSql.IsTrueAsync(context.Lab, Place.On(_standby), NoStream, ct))
        {
            Concerns = Chosen.Label("member", () => _standby.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);
        _standby = await Chosen.StandbyAsync(context.Lab, 0, ct);
        var standbys = context.Lab.Members.Where(m => m != _primary).ToArray();
        foreach (var standby in standbys)
        {
            var nowhere = string.Create(CultureInfo.InvariantCulture, $"alter system set primary_conninfo = 'host={standby.Host} port=1'");
            await AdminSql.RunAsync(context.Lab, Place.On(standby), nowhere, ct);
            await AdminSql.RunAsync(context.Lab, Place.On(standby), "select pg_reload_conf()", ct);
        }

        return $"the streams from {_primary} to {string.Join(" and ", standbys.Select(s => s.Name))} cut";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        foreach (var member in context.Lab.Members)
        {
            await ReconnectAsync(context.Lab, member, ct);
        }

        await WholeAgain.WaitAsync(context.Lab, context.Progress, ct);
    }

    /// <summary>Lets a member look for its primary where Patroni says; nothing happens when it does.</summary>
    /// <returns>Whether it looked elsewhere.</returns>
    internal static async Task<bool> ReconnectAsync(ILab lab, Member member, CancellationToken ct)
    {
        const string isSet = "select exists (select from pg_file_settings where name = 'primary_conninfo' and sourcefile like '%/postgresql.auto.conf')";
        if (await AdminSql.RunAsync(lab, Place.On(member), isSet, ct) is not true)
        {
            return false;
        }

        await AdminSql.RunAsync(lab, Place.On(member), "alter system reset primary_conninfo", ct);
        await AdminSql.RunAsync(lab, Place.On(member), "select pg_reload_conf()", ct);
        return true;
    }
}

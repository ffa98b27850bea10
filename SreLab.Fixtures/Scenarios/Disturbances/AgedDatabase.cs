using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A database that vacuum has not been able to freeze for 400 million transactions.</summary>
/// <remarks>
/// Nobody can burn that many in a lab, so the catalog entry of an empty database is set back. That touches nothing else: the same entry
/// marks it as one whose removal was interrupted (<c>datconnlimit = -2</c>, PostgreSQL 15.4, 14.9, 13.12 and later), which nobody can connect
/// to, which autovacuum does not visit, and which is left out when PostgreSQL computes the oldest transaction that it must keep
/// (<c>vac_truncate_clog</c>). On older servers autovacuum visits it and cures the entry within a minute. DROP DATABASE takes it away.
/// </remarks>
internal sealed class AgedDatabase : Disturbance
{
    internal const string Database = "srelab_aged";

    /// <summary>Nothing happens for longer; nor is there a transaction so old whose state could be asked for.</summary>
    private const string Age =
        """
        update pg_database set datconnlimit = -2,
          datfrozenxid = (mod(pg_snapshot_xmax(pg_current_snapshot())::text::numeric - 400000000 + 4294967296::numeric * 2, 4294967296))::bigint::text::xid
        where datname = '
        """ + Database + "'";

    private const string Question = "select coalesce(max(age(datfrozenxid)), 0) > 300e6 from pg_database";

    public override string Name => "aged-database";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("XidWraparoundNear", "a database is older than 300 million transactions", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, Place.ReadWrite, Question, ct))
        {
            Concerns = Chosen.Label("datname", () => Database),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        await AdminSql.RunAsync(context.Lab, Place.ReadWrite, $"create database {Database} template template0", ct);
        await AdminSql.RunAsync(context.Lab, Place.ReadWrite, Age, ct);
        return $"the catalog entry of the empty database {Database} set back by 400 million transactions";
    }

    public override Task HealAsync(DisturbanceContext context, CancellationToken ct) => DropAsync(context.Lab, ct);

    /// <summary>Drops the database; nothing happens when it is not there.</summary>
    /// <returns>Whether it was.</returns>
    internal static async Task<bool> DropAsync(ILab lab, CancellationToken ct)
    {
        if (await AdminSql.RunAsync(lab, Place.ReadWrite, $"select true from pg_database where datname = '{Database}'", ct) is not true)
        {
            return false;
        }

        await AdminSql.RunAsync(lab, Place.ReadWrite, $"drop database {Database}", ct);
        return true;
    }
}

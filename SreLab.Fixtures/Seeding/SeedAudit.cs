using System.Collections.Immutable;
using Npgsql;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Seeding;

/// <summary>What the seeded schema really holds, counted by the database and not taken from the plan.</summary>
/// <param name="Tables">Every table with exact rows; without hashes: see <see cref="ContentHash"/>.</param>
/// <param name="ForeignKeys">Every foreign key with its orphans.</param>
public sealed record SeedAudit(IReadOnlyList<TableRecord> Tables, IReadOnlyList<ForeignKeyRecord> ForeignKeys)
{
    /// <summary>Counts.</summary>
    /// <param name="connectionString">Any member.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<SeedAudit> ReadAsync(string connectionString, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "srelab-audit", CommandTimeout = 3600 };
        await using var source = ProvenConnections.CreateSource(settings.ConnectionString);
        return new SeedAudit(await TablesAsync(source, ct), await ForeignKeysAsync(source, ct));
    }

    private static async Task<IReadOnlyList<TableRecord>> TablesAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var found = new List<(string Name, string Quoted, long Bytes, string[] Columns)>();
        await using (var command = source.CreateCommand(
            """
            select 'shop.' || c.relname, c.oid::regclass::text, pg_total_relation_size(c.oid),
                array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped order by attnum)
            from pg_class c where c.relnamespace = to_regnamespace('shop') and c.relkind in ('r', 'p') and not c.relispartition
            order by 1
            """))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                found.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2), await reader.GetFieldValueAsync<string[]>(3, ct)));
            }
        }

        var tables = new List<TableRecord>();
        foreach (var (name, quoted, bytes, columns) in found)
        {
            await using var count = source.CreateCommand($"select count(*) from {quoted}");
            tables.Add(new TableRecord(name, (long)(await count.ExecuteScalarAsync(ct))!, bytes, columns, ImmutableDictionary<string, string>.Empty));
        }

        return tables;
    }

    private static async Task<IReadOnlyList<ForeignKeyRecord>> ForeignKeysAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var found = new List<(string Name, string Definition, bool Validated, string AntiJoin)>();
        await using (var command = source.CreateCommand(
            """
            select k.conname::text, n.nspname || '.' || c.relname || ' ' || pg_get_constraintdef(k.oid), k.convalidated,
                format('select count(*) from %s child where %s and not exists (select from %s parent where %s)',
                    k.conrelid::regclass,
                    string_agg(format('child.%I is not null', a.attname), ' and '),
                    k.confrelid::regclass,
                    string_agg(format('parent.%I = child.%I', p.attname, a.attname), ' and '))
            from pg_constraint k
            cross join lateral unnest(k.conkey, k.confkey) as pair (child, parent)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.child
            join pg_attribute p on p.attrelid = k.confrelid and p.attnum = pair.parent
            join pg_class c on c.oid = k.conrelid
            join pg_namespace n on n.oid = c.relnamespace
            where k.contype = 'f' and k.connamespace = to_regnamespace('shop')
            group by k.oid, k.conname, k.convalidated, k.conrelid, k.confrelid, n.nspname, c.relname
            order by 1
            """))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                found.Add((reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetString(3)));
            }
        }

        var keys = new List<ForeignKeyRecord>();
        foreach (var (name, definition, validated, antiJoin) in found)
        {
            await using var orphans = source.CreateCommand(antiJoin);
            keys.Add(new ForeignKeyRecord(name, definition, validated, (long)(await orphans.ExecuteScalarAsync(ct))!));
        }

        return keys;
    }
}

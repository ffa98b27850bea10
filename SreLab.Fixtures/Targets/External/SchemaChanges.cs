using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Seeding;

namespace SreLab.Fixtures.Targets.External;

/// <summary>The only statements by which this target changes the structure of someone else's database: each is one transaction.</summary>
internal static class SchemaChanges
{
    /// <summary>Every table that the suite makes in schema <c>srelab</c>: one that is missing here stops the drop as if it were somebody else's.</summary>
    internal static IReadOnlyList<string> OwnTables { get; } = ["lab", "seed_manifest", "seed_table", "ledger", "probe", "bank", "heartbeat"];

    /// <summary>Marks the database: makes schema <c>srelab</c> where it is absent, with the lab's id in it.</summary>
    /// <returns>The lab's id.</returns>
    public static async Task<string> MarkAsync(NpgsqlConnection connection, OwnSchemas found, CancellationToken ct)
    {
        if (found is { IsMarked: true, Mark: { } mark })
        {
            return mark.Id;
        }

        var id = Guid.NewGuid().ToString("N");
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(
            $"""
            {(found.Srelab is null ? "create schema srelab;" : found.Mark is null ? "" : "drop table srelab.lab;")}
            create table srelab.lab (
                only_row boolean primary key default true check (only_row),
                id text not null,
                schema_oid oid not null,
                made_schema boolean not null,
                made_at timestamptz not null default clock_timestamp());
            insert into srelab.lab (id, schema_oid, made_schema) values ('{id}', to_regnamespace('srelab'), {(found.Srelab is null ? "true" : "false")});
            """,
            connection);
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return id;
    }

    /// <summary>Drops what the suite made and recorded. Never by cascade: what others built on it, or put into it, stops the drop.</summary>
    /// <exception cref="LabException">Something of others depends on it; nothing was dropped.</exception>
    public static async Task DropAsync(NpgsqlConnection connection, OwnSchemas found, CancellationToken ct)
    {
        string[] schemas = found.IsShopSeeded ? ["shop", "srelab"] : ["srelab"];
        string[] seeded = found.IsShopSeeded ? [.. SeedPlan.For(SeedPlan.LeastRows, 0).RowsByTable.Keys] : [];
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand(
                $"""
                set local lock_timeout = '30s';
                do $drop$
                declare tables text;
                begin
                    select string_agg(format('%I.%I', n.nspname, c.relname), ', ') into tables
                    from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where c.relkind in ('r', 'p') and (n.nspname = 'srelab' and c.relname in ({List(OwnTables)})
                        or n.nspname = 'shop' and c.relname in ({List([.. seeded, ""])}));
                    if tables is not null then execute 'drop table ' || tables || ' restrict'; end if;
                end $drop$;
                drop schema {string.Join(", ", schemas)} restrict;
                """,
                connection);
            await command.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException e)
        {
            throw new LabException(
                $"drop refused: {e.MessageText}; nothing was dropped.\n" +
                $"  detail       {(e.Detail ?? "none").ReplaceLineEndings("; ")}\n" +
                "  fix          drop or move what depends on the suite's schemas yourself, then: make down TARGET=external DROP=1",
                e);
        }
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));
}

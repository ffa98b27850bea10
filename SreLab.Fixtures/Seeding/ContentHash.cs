using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Seeding;

/// <summary>What a database's tables hold, in a few digits each: equal on two members means equal rows, whatever the order on disk.</summary>
/// <remarks>
/// Per table: count, sum and exclusive-or of a 64-bit hash of every row. A changed value changes sum and exclusive-or; a missing row
/// the count; a row twice in place of another the sum. The hash of a row is <c>hash_record_extended</c> over all columns: PostgreSQL's
/// own, from 14 on, and three times as fast as a hash of the row as text. It is equal only between servers of one major version and
/// architecture, which members of a cluster are. A table with a column that it cannot hash (json) is hashed as text.
/// </remarks>
public static class ContentHash
{
    private const string UndefinedFunction = "42883";

    /// <summary>Two connections: the work is the server's, and more would take the cores from whatever else is measured.</summary>
    private const int Connections = 2;

    /// <summary>Hashes every table of schema <c>shop</c>.</summary>
    /// <param name="connectionString">Any member; a standby is as good as the primary.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Hash by schema-qualified table name, as <see cref="SeedAudit"/> names them; empty when there is no such schema.</returns>
    public static Task<IReadOnlyDictionary<string, string>> ComputeAsync(string connectionString, CancellationToken ct) => ComputeAsync(connectionString, ["shop"], ct);

    /// <summary>Hashes every table of some schemas.</summary>
    /// <param name="connectionString">Any member; a standby is as good as the primary.</param>
    /// <param name="schemas">Their names; one that does not exist has no tables.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Hash by schema-qualified table name.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ComputeAsync(string connectionString, IReadOnlyList<string> schemas, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "srelab-hash", CommandTimeout = 3600 };
        await using var source = ProvenConnections.CreateSource(settings.ConnectionString);
        var tables = new ConcurrentQueue<(string Schema, string Name)>(await TablesAsync(source, schemas, ct));
        var hashes = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (tables.TryDequeue(out var table))
            {
                hashes[$"{table.Schema}.{table.Name}"] = await HashAsync(source, table, ct);
            }
        }));
        return new SortedDictionary<string, string>(hashes, StringComparer.Ordinal);
    }

    private static async Task<string> HashAsync(NpgsqlDataSource source, (string Schema, string Name) table, CancellationToken ct)
    {
        try
        {
            return await HashAsync(source, table, "hash_record_extended(t, 0)", ct);
        }
        catch (PostgresException e) when (e.SqlState == UndefinedFunction)
        {
            return await HashAsync(source, table, "hashtextextended(t::text, 0)", ct);
        }
    }

    private static async Task<string> HashAsync(NpgsqlDataSource source, (string Schema, string Name) table, string rowHash, CancellationToken ct)
    {
        var name = $"{Quote(table.Schema)}.{Quote(table.Name)}";
        await using var command = source.CreateCommand(
            $"select count(*), coalesce(sum(h), 0)::text, coalesce(bit_xor(h), 0) from (select {rowHash} as h from {name} t) hashed");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return string.Create(CultureInfo.InvariantCulture, $"{reader.GetInt64(0)}:{reader.GetString(1)}:{(ulong)reader.GetInt64(2):x16}");
    }

    private static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>The largest first, so that the two connections end at about the same time.</summary>
    private static async Task<List<(string Schema, string Name)>> TablesAsync(NpgsqlDataSource source, IReadOnlyList<string> schemas, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            select nspname::text, relname::text from pg_class join pg_namespace n on n.oid = relnamespace
            where nspname = any($1) and relkind in ('r', 'p') and not relispartition
            order by pg_relation_size(pg_class.oid) desc
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. schemas] });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tables = new List<(string, string)>();
        while (await reader.ReadAsync(ct))
        {
            tables.Add((reader.GetString(0), reader.GetString(1)));
        }

        return tables;
    }
}

using Npgsql;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>pg_stat_statements at a moment, of the current database.</summary>
/// <param name="ById">Normalized text, calls and milliseconds by query id.</param>
/// <remarks>Two readings are subtracted; a reset would take the counters away from whoever else watches them.</remarks>
internal sealed record StatementTotals(IReadOnlyDictionary<long, (string Query, long Calls, double TotalMs)> ById)
{
    private const int Top = 8;
    private const int QueryCharacters = 200;

    /// <summary>Reads the totals; null when the extension is not there or was not loaded at the start of the server.</summary>
    public static async Task<StatementTotals?> TryReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await using var find = new NpgsqlCommand(
                "select extnamespace::regnamespace::text from pg_extension where extname = 'pg_stat_statements'", connection);
            if (await find.ExecuteScalarAsync(ct) is not string schema)
            {
                return null;
            }

            await using var read = new NpgsqlCommand(
                $"""
                select queryid, min(query), sum(calls)::bigint, sum(total_exec_time)
                from {schema}.pg_stat_statements
                where dbid = (select oid from pg_database where datname = current_database()) and queryid is not null
                group by queryid
                """,
                connection);
            await using var reader = await read.ExecuteReaderAsync(ct);
            var byId = new Dictionary<long, (string, long, double)>();
            while (await reader.ReadAsync(ct))
            {
                byId[reader.GetInt64(0)] = (reader.GetString(1), reader.GetInt64(2), reader.GetDouble(3));
            }

            return new StatementTotals(byId);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>The statements that took most time since an earlier reading.</summary>
    public IReadOnlyList<StatementRecord> Since(StatementTotals earlier)
    {
        var deltas = ById
            .Select(statement =>
            {
                // Counters below the earlier ones: the statement was evicted and began again.
                var before = earlier.ById.GetValueOrDefault(statement.Key);
                var fresh = before.Calls > statement.Value.Calls;
                return (
                    statement.Value.Query,
                    Calls: statement.Value.Calls - (fresh ? 0 : before.Calls),
                    TotalMs: statement.Value.TotalMs - (fresh ? 0 : before.TotalMs));
            })
            .Where(statement => statement.Calls > 0)
            .ToList();
        var all = deltas.Sum(statement => statement.TotalMs);
        return
        [
            .. deltas.OrderByDescending(statement => statement.TotalMs)
                .Take(Top)
                .Select(s => new StatementRecord(OneLine(s.Query), s.Calls, s.TotalMs, all > 0 ? s.TotalMs / all : 0, s.TotalMs / s.Calls)),
        ];
    }

    private static string OneLine(string query)
    {
        var text = string.Join(' ', query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= QueryCharacters ? text : text[..QueryCharacters];
    }
}

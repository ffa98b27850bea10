using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>Waits until the standbys have replayed what the primary has written by now.</summary>
internal static class Replay
{
    /// <summary>Waits.</summary>
    /// <param name="connectionString">Of a user who may read <c>pg_stat_replication</c>.</param>
    /// <param name="standbys">How many must have replayed it; those that stream beyond that must as well.</param>
    /// <param name="bound">How long it may take.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="LabException">The bound passed: says how far each standby was.</exception>
    public static async Task WaitAsync(string connectionString, int standbys, Bound bound, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = SeedServer.ApplicationName };
        await using var connection = ProvenConnections.Create(settings.ConnectionString);
        await connection.OpenAsync(ct);
        await using var position = new NpgsqlCommand("select pg_current_wal_lsn()::text", connection);
        var end = (string)(await position.ExecuteScalarAsync(ct))!;
        await Wait.UntilAsync<object>(
            bound,
            string.Create(CultureInfo.InvariantCulture, $"{standbys} standbys to have replayed {end}"),
            async token => await AskAsync(connection, end, standbys, token),
            TimeSpan.FromMilliseconds(20),
            ct);
    }

    private static async Task<(object? Value, string Seen)> AskAsync(
        NpgsqlConnection connection, string end, int standbys, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select application_name, state, pg_wal_lsn_diff($1::pg_lsn, replay_lsn)::bigint from pg_stat_replication order by 1", connection)
        {
            Parameters = { new() { Value = end } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (replayed, behind) = (0, 0);
        var seen = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            long? missing = await reader.IsDBNullAsync(2, ct) ? null : Math.Max(0, reader.GetInt64(2));
            seen.Add(string.Create(CultureInfo.InvariantCulture, $"{reader.GetString(0)} {reader.GetString(1)}, {missing?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown"} B behind"));
            if (reader.GetString(1) == "streaming")
            {
                replayed += missing == 0 ? 1 : 0;
                behind += missing == 0 ? 0 : 1;
            }
        }

        return (replayed >= standbys && behind == 0 ? seen : null, seen.Count == 0 ? "no standby is connected" : string.Join("; ", seen));
    }
}

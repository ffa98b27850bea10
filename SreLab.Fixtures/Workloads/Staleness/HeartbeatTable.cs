using Npgsql;

namespace SreLab.Fixtures.Workloads.Staleness;

/// <summary>The heartbeat's table of one row, and its statements.</summary>
public static class HeartbeatTable
{
    /// <summary>Schema-qualified name.</summary>
    public const string Name = "srelab.heartbeat";

    internal const string Create = $"create table {Name} (id int primary key check (id = 1), n bigint not null); insert into {Name} values (1, 0)";

    /// <summary>Writes the number of a beat.</summary>
    /// <remarks>The number is the client's own, so that what was attempted is known; a beat that was given up and comes late never turns the row back.</remarks>
    internal static async Task<bool> BeatAsync(NpgsqlConnection connection, long number)
    {
        await using var command = new NpgsqlCommand("update srelab.heartbeat set n = $1 where id = 1 and n < $1", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = number } },
        };
        return await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false) == 1
            ? true
            : throw new NpgsqlException("a later beat is there already, or the row is gone");
    }

    internal static async Task<(long Beat, string Address, bool IsStandby)> LookAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select n, coalesce(host(inet_server_addr()), 'local'), pg_is_in_recovery() from srelab.heartbeat", connection);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        return await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false)
            ? (reader.GetInt64(0), reader.GetString(1), reader.GetBoolean(2))
            : throw new NpgsqlException("the row is gone");
    }
}

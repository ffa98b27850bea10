using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>Only one seed at a time: an advisory lock that lives as long as its session.</summary>
internal static class SeedLock
{
    private const int Space = 0x5E1AB;
    private const int Key = 1;

    /// <summary>Longer than a backend needs to see that its client was killed (<c>client_connection_check_interval</c> 1 s).</summary>
    private static readonly Bound Taken = new("SeedLockTaken", TimeSpan.FromSeconds(6));

    /// <summary>Takes the lock for the life of this session.</summary>
    /// <exception cref="LabException">Another seed holds it: which one is named.</exception>
    public static async Task TakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await Wait.UntilAsync<object>(Taken, "the seed lock", async token => await TryAsync(connection, token), TimeSpan.FromMilliseconds(250), ct);
        }
        catch (LabException e)
        {
            var holder = await HolderAsync(connection, ct);
            throw new LabException(
                $"""
                seed refused: another seed is running on this database; nothing was touched.
                  running      {holder}
                  fix          wait until it has ended, or end that process; then: make seed
                """,
                e);
        }
    }

    private static async Task<(object? Value, string Seen)> TryAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1, $2)", connection)
        {
            Parameters = { new() { Value = Space }, new() { Value = Key } },
        };
        return await command.ExecuteScalarAsync(ct) is true ? (connection, "free") : (null, "held");
    }

    private static async Task<string> HolderAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select a.application_name, a.pid, a.backend_start
            from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.classid = $1::bigint::oid and l.objid = $2::bigint::oid
                and l.database = (select oid from pg_database where datname = current_database())
            """,
            connection)
        {
            Parameters = { new() { Value = (long)Space }, new() { Value = (long)Key } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return "gone in the meantime";
        }

        var since = await reader.GetFieldValueAsync<DateTimeOffset>(2, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{reader.GetString(0)}, server session {reader.GetInt32(1)}, since {since:HH:mm:ss} UTC");
    }
}

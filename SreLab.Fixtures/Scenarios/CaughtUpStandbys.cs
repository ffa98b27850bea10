using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Waits until every standby has replayed what the primary had written.</summary>
internal static class CaughtUpStandbys
{
    /// <summary>Returns when all standbys have replayed the primary's position at the call.</summary>
    /// <exception cref="LabException">A standby is missing or did not catch up in time.</exception>
    internal static async Task WaitAsync(ILab lab, CancellationToken ct)
    {
        // Not pooled: experiments kill servers, and a pool hands out connections to the dead.
        var settings = new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin)) { Pooling = false };
        await using var connection = ProvenConnections.Create(settings.ConnectionString);
        await connection.OpenAsync(ct);
        await using var position = new NpgsqlCommand("select pg_current_wal_lsn()::text", connection);
        var target = (string)(await position.ExecuteScalarAsync(ct))!;
        await Wait.UntilAsync(
            Bounds.StandbysCaughtUp,
            $"every standby to replay {target}",
            async token =>
            {
                await using var command = new NpgsqlCommand(
                    "select count(*) filter (where replay_lsn >= $1::pg_lsn), count(*), coalesce(string_agg(application_name || ' ' || replay_lsn, ', '), 'none') from pg_stat_replication where state = 'streaming'",
                    connection);
                command.Parameters.AddWithValue(target);
                await using var reader = await command.ExecuteReaderAsync(token);
                await reader.ReadAsync(token);
                var there = reader.GetInt64(0);
                return (there >= lab.Members.Count - 1 ? "caught up" : null, $"{there} of {lab.Members.Count - 1} standbys there: {reader.GetString(2)}");
            },
            TimeSpan.FromMilliseconds(50),
            ct);
    }
}

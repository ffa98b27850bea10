using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Asks whether the read-only endpoint leads to standbys.</summary>
internal static class StandbyProbe
{
    /// <summary>More sessions than there are standbys, so that each is reached by an endpoint that takes turns.</summary>
    private const int Sessions = 4;

    /// <summary>True when every session is in recovery, false when one is not, null when one could not be asked.</summary>
    public static async Task<bool?> AskAsync(string connectionString, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5, CommandTimeout = 5 };
        var everyOne = true;
        try
        {
            for (var session = 0; session < Sessions; session++)
            {
                await using var connection = ProvenConnections.Create(settings.ConnectionString);
                await connection.OpenAsync(ct);
                await using var command = new NpgsqlCommand("select pg_is_in_recovery()", connection);
                everyOne &= (bool)(await command.ExecuteScalarAsync(ct))!;
            }

            return everyOne;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}

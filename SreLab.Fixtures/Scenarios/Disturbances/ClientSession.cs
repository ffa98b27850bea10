using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Sessions of an application that behaves badly: they end with this process, so nothing of them is left behind.</summary>
internal static class ClientSession
{
    /// <summary>Opens one as the application's user.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(ILab lab, Place place, CancellationToken ct)
    {
        // Patient: what it does is caused, not timed.
        var settings = new NpgsqlConnectionStringBuilder(lab.ConnectionString(place, DatabaseUser.App))
        {
            Pooling = false,
            Timeout = 30,
            ApplicationName = "srelab-disturbance",
        };
        var connection = ProvenConnections.Create(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}

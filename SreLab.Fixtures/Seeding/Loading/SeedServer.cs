using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>The database that is filled: how to reach it, and what stands behind it.</summary>
/// <param name="App">Connection string of the schema's owner.</param>
/// <param name="Admin">Connection string of a user who may read <c>pg_stat_replication</c>, to the same database.</param>
/// <param name="Standbys">Standbys that must have replayed everything before the clock stops.</param>
/// <param name="DataFolder">A folder on the disk that holds the members' data, when it is on this machine; else null.</param>
internal sealed record SeedServer(string App, string Admin, int Standbys, string? DataFolder)
{
    /// <summary>Connections that load and build at once. One for each core: the server's work outweighs ours.</summary>
    public int Connections { get; init; } = Math.Clamp(Environment.ProcessorCount, 2, 8);

    /// <summary>What the seed's sessions are called in <c>pg_stat_activity</c>.</summary>
    public static string ApplicationName { get; } = string.Create(CultureInfo.InvariantCulture, $"srelab-seed pid {Environment.ProcessId}");

    /// <summary>A session for loading.</summary>
    /// <param name="longest">The longest that one statement may take.</param>
    /// <param name="ct">Cancels the connect.</param>
    /// <remarks>
    /// Commits do not wait for a standby, index builds get memory, and a backend whose client died ends its statement
    /// instead of holding locks. Statistics come from 15,000 rows a table instead of 30,000: half the time, and enough for
    /// what is drawn from a few known distributions. All of it for this session alone.
    /// </remarks>
    public async Task<NpgsqlConnection> OpenAsync(TimeSpan longest, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(App)
        {
            Pooling = false,
            ApplicationName = ApplicationName,
            CommandTimeout = (int)longest.TotalSeconds,
            KeepAlive = 10,
        };
        var connection = ProvenConnections.Create(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand(
                """
                set synchronous_commit = off; set maintenance_work_mem = '192MB'; set jit = off; set lock_timeout = '30s';
                set client_connection_check_interval = '1s'; set max_parallel_maintenance_workers = 0; set default_statistics_target = 50
                """,
                connection);
            await command.ExecuteNonQueryAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}

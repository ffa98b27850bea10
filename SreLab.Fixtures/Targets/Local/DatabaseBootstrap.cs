using Npgsql;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Roles, database and schema of a new lab; run again it changes nothing.</summary>
internal static class DatabaseBootstrap
{
    /// <summary>Creates what is missing, on the primary.</summary>
    public static async Task RunAsync(LocalLab lab, Member primary, CancellationToken ct)
    {
        // Waiting for a standby here would wait for ever while none is there yet; the standbys' base backups bring it all.
        var settings = new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.On(primary), DatabaseUser.Admin))
        {
            Database = "postgres",
            Pooling = false,
            Options = "-c synchronous_commit=local",
        };
        await using (var connection = ProvenConnections.Create(settings.ConnectionString))
        {
            await connection.OpenAsync(ct);
            await ExecuteAsync(connection, $"{Role(Names.App, lab)}; {Role(Names.Monitor, lab)}; GRANT pg_monitor TO {Names.Monitor}", ct);
            await ExecuteAsync(connection, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements", ct);
            if (!await ExistsAsync(connection, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", Names.Database, ct))
            {
                await ExecuteAsync(connection, $"CREATE DATABASE {Names.Database} OWNER {Names.App}", ct);
            }
        }

        settings.Database = Names.Database;
        await using (var connection = ProvenConnections.Create(settings.ConnectionString))
        {
            await connection.OpenAsync(ct);
            await ExecuteAsync(
                connection,
                $"CREATE SCHEMA IF NOT EXISTS {Names.Schema} AUTHORIZATION {Names.App}; CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
                ct);
        }
    }

    private static string Role(string name, LocalLab lab) =>
        $"""
        DO $do$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name} LOGIN; END IF;
        END $do$;
        ALTER ROLE {name} PASSWORD '{lab.Password(name)}'
        """;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string sql, string value, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter { Value = value } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }
}

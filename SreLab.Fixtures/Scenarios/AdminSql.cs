using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Statements of the superuser, for experiments, plants and comparisons.</summary>
internal static class AdminSql
{
    /// <summary>Runs statements and returns the first value, if any.</summary>
    internal static async Task<object?> RunAsync(ILab lab, Place place, string sql, CancellationToken ct)
    {
        // Not pooled: experiments kill servers, and a pool hands out connections to the dead.
        // Patient: what it does is no measurement, and a busy machine takes seconds for a login.
        var settings = new NpgsqlConnectionStringBuilder(lab.ConnectionString(place, DatabaseUser.Admin)) { Pooling = false, Timeout = 30 };
        await using var connection = ProvenConnections.Create(settings.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        return await command.ExecuteScalarAsync(ct);
    }
}

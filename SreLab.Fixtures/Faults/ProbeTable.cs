using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults;

/// <summary>The table that probes write to: one row a member and kind of commit, so that what is lost with a primary is a probe's alone.</summary>
internal static class ProbeTable
{
    private const string Create = "create table if not exists srelab.probe (member text primary key, written_at timestamptz not null)";

    private const string Write =
        """
        insert into srelab.probe (member, written_at) values ($1, clock_timestamp())
        on conflict (member) do update set written_at = excluded.written_at
        returning ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int
        """;

    /// <summary>Creates the table when it is not there; the schema must be.</summary>
    public static async Task EnsureAsync(string connectionString, CancellationToken ct)
    {
        await using var source = ProvenConnections.CreateSource(connectionString);
        await using var command = source.CreateCommand(Create);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Connections for a probe.</summary>
    /// <param name="connectionString">To a member itself.</param>
    /// <param name="commit">Value of <c>synchronous_commit</c>; null leaves the cluster's.</param>
    public static NpgsqlDataSource CreateSource(string connectionString, string? commit)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Timeout = 1,
            CommandTimeout = 0,
            ApplicationName = "srelab-probe",
            Options = commit is null ? null : $"-c synchronous_commit={commit}",
        };
        var builder = ProvenConnections.CreateBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return ProvenConnections.Build(builder);
    }

    /// <summary>Writes a row.</summary>
    /// <returns>The timeline on which it was committed.</returns>
    public static async Task<int> WriteAsync(NpgsqlConnection connection, string row)
    {
        await using var command = new NpgsqlCommand(Write, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = row } } };
        return Convert.ToInt32(await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }
}

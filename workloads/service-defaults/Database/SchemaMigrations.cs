using System.Reflection;
using Npgsql;

namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>The tables of a service in a schema of its own, brought up to date in numbered steps.</summary>
/// <param name="schema">The schema; it exists, and the service's role owns it.</param>
/// <param name="assembly">Holds the steps as resources <c>Schema/001_what.sql</c>.</param>
public sealed class SchemaMigrations(string schema, Assembly assembly)
{
    private const string Folder = "Schema/";
    private const int CommandSeconds = 60;

    /// <summary>The steps in their order.</summary>
    public IReadOnlyList<(int Version, string Sql)> Steps { get; } =
    [
        .. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(n => (int.Parse(n[Folder.Length..].Split('_')[0], System.Globalization.CultureInfo.InvariantCulture), Text(assembly, n)))
            .OrderBy(s => s.Item1),
    ];

    /// <summary>Takes the steps that were not taken yet, all or none; instances that start together wait for one another.</summary>
    /// <param name="source">The database.</param>
    /// <param name="ct">Cancels it.</param>
    /// <returns>How many steps were taken.</returns>
    public async Task<int> ApplyAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock(hashtext('{schema} migrations'))", ct);
        await ExecuteAsync(connection, $"create table if not exists {schema}.migrations (version integer primary key, applied_at timestamptz not null default now())", ct);
        await using var read = new NpgsqlCommand($"select coalesce(max(version), 0) from {schema}.migrations", connection);
        var version = (int)(await read.ExecuteScalarAsync(ct))!;
        var missing = Steps.Where(s => s.Version > version).ToList();
        foreach (var (number, sql) in missing)
        {
            await ExecuteAsync(connection, sql, ct);
            await ExecuteAsync(connection, FormattableString.Invariant($"insert into {schema}.migrations (version) values ({number})"), ct);
        }

        await transaction.CommitAsync(ct);
        return missing.Count;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = CommandSeconds };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Companions;

/// <summary>Makes a companion load's table anew and waits until every member has it, so that no reader is shown the one of an earlier experiment.</summary>
internal static class CompanionTable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes it.</summary>
    /// <param name="readWrite">Connection string to the primary, as the schema's owner.</param>
    /// <param name="members">Connection strings to each member itself, by member name.</param>
    /// <param name="table">Schema-qualified name.</param>
    /// <param name="create">Statements that create and fill it; they take effect together.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <exception cref="LabException">A member does not have it in time.</exception>
    public static async Task CreateAnewAsync(string readWrite, IReadOnlyDictionary<string, string> members, string table, string create, CancellationToken ct)
    {
        await using var source = ProvenConnections.CreateSource(readWrite);
        await using (var command = source.CreateCommand($"begin; drop table if exists {table}; {create}; commit"))
        {
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        // The same number on every member of a cluster, and another one for each table that was ever made.
        var made = await NumberAsync(source, table, ct).ConfigureAwait(false);
        foreach (var (member, connectionString) in members)
        {
            await using var own = ProvenConnections.CreateSource(connectionString);
            await Wait.UntilAsync(
                Bounds.StandbysCaughtUp,
                $"{member} to have the new {table}",
                async token =>
                {
                    var there = await NumberAsync(own, table, token).ConfigureAwait(false);
                    return (there == made ? there : null, $"{table} is {there}, the new one {made}");
                },
                Poll,
                ct).ConfigureAwait(false);
        }
    }

    private static async Task<string> NumberAsync(NpgsqlDataSource source, string table, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select coalesce(to_regclass('{table}')::oid::text, 'absent')");
        return (string)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }
}

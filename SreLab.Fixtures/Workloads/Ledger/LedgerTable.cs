using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Ledger;

/// <summary>The table that the ledger writes, and its statements.</summary>
public static class LedgerTable
{
    /// <summary>Schema-qualified name.</summary>
    public const string Name = "srelab.ledger";

    internal const string Insert = "insert into srelab.ledger (id, client, run) values ($1, $2, $3)";

    /// <summary>
    /// Who answers: a standby cannot acknowledge; the timeline comes from the WAL position, because the control file keeps
    /// the old one until the first checkpoint after a promotion.
    /// </summary>
    internal const string WhoAnswers =
        """
        select host(inet_server_addr()),
               case when pg_is_in_recovery() then 0
                    else ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int end
        """;

    private const string Create =
        """
        create table if not exists srelab.ledger (
            id         bigint primary key,
            client     int not null,
            run        text not null,
            written_at timestamptz not null default clock_timestamp())
        """;

    /// <summary>Creates the table when it is not there; the schema must be.</summary>
    /// <param name="connectionString">To the primary, as the schema's owner.</param>
    /// <param name="ct">Cancels the work.</param>
    public static async Task EnsureAsync(string connectionString, CancellationToken ct)
    {
        await using var source = ProvenConnections.CreateSource(connectionString);
        await using var command = source.CreateCommand(Create);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Writes the ids that a member holds of one experiment to a file, one a line, in order of id.</summary>
    /// <param name="connectionString">To the member itself.</param>
    /// <param name="run">The experiment.</param>
    /// <param name="path">The file; replaced.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <returns>How many ids were found.</returns>
    public static Task<long> ReadBackAsync(string connectionString, string run, string path, CancellationToken ct) =>
        ReadBackAsync(connectionString, "select id from srelab.ledger where run = $1 order by id", run, path, ct);

    /// <summary>The same for every experiment of a lab.</summary>
    /// <param name="connectionString">To the member itself.</param>
    /// <param name="lab">The lab's id, with which the name of each of its experiments begins.</param>
    /// <param name="path">The file; replaced.</param>
    /// <param name="ct">Cancels the work.</param>
    public static Task<long> ReadBackAllAsync(string connectionString, string lab, string path, CancellationToken ct) =>
        ReadBackAsync(connectionString, "select id from srelab.ledger where starts_with(run, $1 || '/') order by id", lab, path, ct);

    private static async Task<long> ReadBackAsync(string connectionString, string question, string argument, string path, CancellationToken ct)
    {
        await using var source = ProvenConnections.CreateSource(connectionString);
        await using var command = source.CreateCommand(question);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = argument });
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var temporary = path + ".tmp";
        var count = 0L;
        await using (var file = new StreamWriter(temporary))
        {
            for (; await reader.ReadAsync(ct).ConfigureAwait(false); count++)
            {
                await file.WriteLineAsync(reader.GetInt64(0).ToString(CultureInfo.InvariantCulture).AsMemory(), ct).ConfigureAwait(false);
            }
        }

        File.Move(temporary, path, overwrite: true);
        return count;
    }
}

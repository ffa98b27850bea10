using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>What the primary did at a moment.</summary>
/// <param name="WalBytes">Bytes of WAL ever written.</param>
/// <param name="Waits">One wait event for each active session of the benchmark (<c>CPU</c> when it does not wait).</param>
/// <param name="Segment">Number of the segment that is written.</param>
/// <param name="Archived">Segments archived so far.</param>
/// <param name="Checkpoint">Position of the last checkpoint.</param>
/// <param name="Others">By name, when a session that is not the benchmark's last began a statement: milliseconds since the Unix epoch.</param>
internal sealed record ServerSample(
    long WalBytes, string[] Waits, long Segment, long Archived, long Checkpoint, IReadOnlyDictionary<string, long> Others);

/// <summary>Asks the primary what the benchmark's sessions wait for and what else runs, over one connection that is opened again when it breaks.</summary>
/// <param name="connectionString">As a superuser, to the database of the benchmark.</param>
internal sealed class ServerSampler(string connectionString) : IAsyncDisposable
{
    /// <summary>Application name of the benchmark's sessions.</summary>
    public const string ApplicationName = "pgbench";

    private const string Cpu = "CPU";

    private const string Question =
        $"""
        select (pg_current_wal_lsn() - '0/0')::bigint,
               array(select coalesce(wait_event_type || ':' || wait_event, '{Cpu}') from pg_stat_activity
                     where backend_type = 'client backend' and state = 'active' and application_name = '{ApplicationName}'),
               div(pg_current_wal_lsn() - '0/0', pg_size_bytes(current_setting('wal_segment_size')))::bigint,
               (select archived_count from pg_stat_archiver),
               (select (checkpoint_lsn - '0/0')::bigint from pg_control_checkpoint()),
               array(select coalesce(nullif(application_name, ''), usename, backend_type) || '|' || (extract(epoch from max(query_start)) * 1000)::bigint
                     from pg_stat_activity
                     where backend_type in ('client backend', 'autovacuum worker') and application_name <> '{ApplicationName}'
                       and pid <> pg_backend_pid() and query_start is not null
                     group by coalesce(nullif(application_name, ''), usename, backend_type))
        """;

    private NpgsqlConnection? _connection;

    /// <summary>One look; null when the server did not answer.</summary>
    public async Task<ServerSample?> TryAskAsync(CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand(Question, await ConnectedAsync(ct));
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            var others = (await reader.GetFieldValueAsync<string[]>(5, ct)).Select(o => (o, Cut: o.LastIndexOf('|')));
            return new ServerSample(
                reader.GetInt64(0),
                await reader.GetFieldValueAsync<string[]>(1, ct),
                reader.GetInt64(2),
                reader.GetInt64(3),
                reader.GetInt64(4),
                others.ToDictionary(o => o.o[..o.Cut], o => long.Parse(o.o[(o.Cut + 1)..], CultureInfo.InvariantCulture), StringComparer.Ordinal));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await DisposeAsync();
            return null;
        }
    }

    /// <summary>Totals of pg_stat_statements; null when there are none.</summary>
    public async Task<StatementTotals?> TryReadStatementsAsync(CancellationToken ct)
    {
        try
        {
            return await StatementTotals.TryReadAsync(await ConnectedAsync(ct), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await DisposeAsync();
            return null;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    private async Task<NpgsqlConnection> ConnectedAsync(CancellationToken ct)
    {
        if (_connection is null)
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString)
            {
                ApplicationName = "srelab-sampler",
                Pooling = false,
                Timeout = 5,
                CommandTimeout = 5,
                MaxAutoPrepare = 4,
                AutoPrepareMinUsages = 2,
            };
            _connection = ProvenConnections.Create(settings.ConnectionString);
            await _connection.OpenAsync(ct);
        }

        return _connection;
    }
}

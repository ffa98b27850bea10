using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Asks the primary what the benchmark's sessions wait for, over one connection that is opened again when it breaks.</summary>
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
                     where backend_type = 'client backend' and state = 'active' and application_name = '{ApplicationName}')
        """;

    private NpgsqlConnection? _connection;

    /// <summary>Bytes of WAL ever written, and one wait event for each active session (<c>CPU</c> when it does not wait); null when the server did not answer.</summary>
    public async Task<(long WalBytes, string[] Waits)?> TryAskAsync(CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand(Question, await ConnectedAsync(ct));
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            return (reader.GetInt64(0), await reader.GetFieldValueAsync<string[]>(1, ct));
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

using Npgsql;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Ledger;

/// <summary>One writer's connection: opened once, and thrown away at the first answer that is not a clean yes.</summary>
/// <remarks>
/// The deadline is kept outside of the driver. Npgsql answers a time-out or a cancelled token with a cancel request (also with a
/// cancellation timeout of -1, which only skips the wait for its effect), and under synchronous replication a cancelled commit stays
/// committed on the primary alone: visible, and lost with it. So a write that is late is abandoned, never cancelled: nobody reads its
/// answer any more, and the connection is closed when the answer or the end of the connection comes.
/// </remarks>
internal sealed class LedgerConnection : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;
    private readonly List<string> _warnings = [];

    private LedgerConnection(NpgsqlConnection connection, string server, string run, int client)
    {
        _connection = connection;
        Server = server;
        _insert = new NpgsqlCommand(LedgerTable.Insert, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long>(),
                new NpgsqlParameter<int> { TypedValue = client },
                new NpgsqlParameter<string> { TypedValue = run },
            },
        };
        connection.Notice += (_, e) =>
        {
            if (e.Notice.InvariantSeverity == "WARNING")
            {
                _warnings.Add($"WARNING {e.Notice.SqlState}");
            }
        };
    }

    /// <summary>Who is at the other end, as <c>address/timeline</c>; read once, because a promotion ends no connection of the new primary's writers.</summary>
    public string Server { get; }

    /// <summary>The write that was abandoned; null while none was. It ends with its connection closed, whatever its outcome.</summary>
    public Task? Abandoned { get; private set; }

    /// <summary>Where the writers' connections come from: none is pooled, and none waits longer than a second to be made.</summary>
    public static NpgsqlDataSource CreateSource(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Timeout = 1,
            CommandTimeout = 0,
            CancellationTimeout = -1,
            ApplicationName = "srelab-ledger",
        };
        var builder = ProvenConnections.CreateBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return ProvenConnections.Build(builder);
    }

    /// <summary>Connects and asks who answers.</summary>
    /// <exception cref="NpgsqlException">Nobody answers, or a standby does.</exception>
    public static async Task<LedgerConnection> OpenAsync(NpgsqlDataSource source, LedgerOptions options, int client, CancellationToken ct)
    {
        var connection = source.CreateConnection();
        try
        {
            await connection.OpenAsync(ct).ConfigureAwait(false);
            var server = await AskWhoAnswersAsync(connection).WaitAsync(options.Deadline, ct).ConfigureAwait(false);
            return new LedgerConnection(connection, server, options.Run, client);
        }
        catch
        {
            // Not awaited: closing could wait for the very answer that did not come.
            _ = connection.CloseAsync();
            throw;
        }
    }

    /// <summary>Sends one write. Anything but an acknowledgement means that the connection must not be used again.</summary>
    public async Task<(Outcome Outcome, string? Error)> WriteAsync(long id, TimeSpan deadline)
    {
        _warnings.Clear();
        ((NpgsqlParameter<long>)_insert.Parameters[0]).TypedValue = id;
        var answer = _insert.ExecuteNonQueryAsync(CancellationToken.None);
        try
        {
            await answer.WaitAsync(deadline).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            Abandoned = CloseWhenAnsweredAsync(answer);
            return (Outcome.Indeterminate, nameof(TimeoutException));
        }
        catch (Exception e)
        {
            return (WriteOutcome.AfterSending(e), WriteOutcome.Name(e));
        }

        // "canceling wait for synchronous replication" is a warning, after which the server still says yes.
        return _warnings.Count == 0 ? (Outcome.Acknowledged, null) : (Outcome.Indeterminate, _warnings[0]);
    }

    public async ValueTask DisposeAsync()
    {
        if (Abandoned is null)
        {
            await _insert.DisposeAsync().ConfigureAwait(false);
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<string> AskWhoAnswersAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(LedgerTable.WhoAnswers, connection);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        var timeline = reader.GetInt32(1);
        return timeline > 0
            ? ServerIdentity.Format(reader.GetString(0), timeline)
            : throw new NpgsqlException($"{reader.GetString(0)} is a standby");
    }

    private async Task CloseWhenAnsweredAsync(Task answer)
    {
        try
        {
            await answer.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The write was recorded as indeterminate; how it ended is for the read-back to say.
        }

        await _insert.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}

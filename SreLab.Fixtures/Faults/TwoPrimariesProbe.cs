using Npgsql;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Faults;

/// <summary>Tries to write on every member directly, all the time: at most one may ever say yes.</summary>
/// <remarks>
/// It commits with <c>synchronous_commit = local</c>: a primary that lost its standbys would never answer a synchronous commit, and just
/// that one - cut off, replaced, and not aware of it - is what the probe is there to find. The row goes to a table of the probe's own, one
/// row a member, so what is lost with a primary is the probe's alone. An attempt's interval spans the statement, not the connecting, and is
/// therefore short; where a member could not be reached it spans the connecting.
/// </remarks>
public sealed class TwoPrimariesProbe : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly HistoryClock _clock;
    private readonly HistoryWriter<ProbeAttempt> _history;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loops;
    private bool _disposed;

    /// <summary>Starts to ask; the table must exist.</summary>
    /// <param name="connectionStrings">To each member itself, by member name.</param>
    /// <param name="clock">The experiment's clock.</param>
    /// <param name="history">Where every attempt goes; it stays the caller's.</param>
    public TwoPrimariesProbe(IReadOnlyDictionary<string, string> connectionStrings, HistoryClock clock, HistoryWriter<ProbeAttempt> history)
    {
        _clock = clock;
        _history = history;
        _loops = Task.WhenAll(connectionStrings.SelectMany(c => new[]
        {
            Task.Run(() => AskAsync(c.Key, c.Value)),
            Task.Run(() => new CommitProbe(c.Key, c.Value, clock, history).RunAsync(_stop.Token)),
        }));
    }

    /// <summary>Creates the table when it is not there; the schema must be.</summary>
    /// <param name="connectionString">To the primary, as the schema's owner.</param>
    /// <param name="ct">Cancels the work.</param>
    public static Task EnsureTableAsync(string connectionString, CancellationToken ct) => ProbeTable.EnsureAsync(connectionString, ct);

    /// <summary>Ends the asking; every attempt that was begun is recorded.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AskAsync(string member, string connectionString)
    {
        await using var source = ProbeTable.CreateSource(connectionString, "local");
        NpgsqlConnection? connection = null;
        while (!_stop.IsCancellationRequested)
        {
            var dueMs = _clock.NowMs + Period.TotalMilliseconds;
            (connection, var attempt) = await AttemptAsync(source, member, connection).ConfigureAwait(false);
            _history.Append(attempt);
            var pause = TimeSpan.FromMilliseconds(Math.Max(1, dueMs - _clock.NowMs));
            await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DropAsync(connection).ConfigureAwait(false);
    }

    /// <summary>One attempt, and the connection for the next one: null when it cannot be trusted any more.</summary>
    private async Task<(NpgsqlConnection? Connection, ProbeAttempt Attempt)> AttemptAsync(NpgsqlDataSource source, string member, NpgsqlConnection? connection)
    {
        var sentMs = _clock.NowMs;
        Task<int>? answer = null;
        try
        {
            connection ??= await OpenAsync(source).ConfigureAwait(false);
            sentMs = _clock.NowMs;
            answer = ProbeTable.WriteAsync(connection, member);
            var timeline = await answer.WaitAsync(Patience).ConfigureAwait(false);
            return (connection, Attempt(true, timeline, null));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction)
        {
            return (connection, Attempt(false, 0, e.SqlState));
        }
        catch (Exception e)
        {
            _ = CloseWhenAnsweredAsync(connection, answer);
            return (null, Attempt(false, 0, WriteOutcome.Name(e)));
        }

        ProbeAttempt Attempt(bool accepted, int timeline, string? error) =>
            new() { Member = member, SentMs = sentMs, EndedMs = _clock.NowMs, Accepted = accepted, Timeline = timeline, Error = error };
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source)
    {
        var connection = source.CreateConnection();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await connection.OpenAsync(patience.Token).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closing while an answer is due would wait for it, so the connection is closed when it comes.</summary>
    private static async Task CloseWhenAnsweredAsync(NpgsqlConnection? connection, Task? answer)
    {
        try
        {
            await (answer ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Recorded by the attempt.
        }

        await DropAsync(connection).ConfigureAwait(false);
    }

    private static ValueTask DropAsync(NpgsqlConnection? connection) => connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}

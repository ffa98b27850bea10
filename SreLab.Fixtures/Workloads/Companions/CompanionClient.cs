using Npgsql;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Workloads.Companions;

/// <summary>What came of one question.</summary>
/// <typeparam name="T">The answer's type.</typeparam>
/// <param name="Value">The answer; the type's default when there was none.</param>
/// <param name="WasSent">Whether it reached a connection at all.</param>
/// <param name="SentMs">When it was sent, or when connecting was begun where it was not, milliseconds.</param>
/// <param name="EndedMs">When its outcome was known, milliseconds.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">SQLSTATE or the exception's type where it was not acknowledged.</param>
internal sealed record Answer<T>(T? Value, bool WasSent, double SentMs, double EndedMs, Outcome Outcome, string? Error);

/// <summary>One client of a load beside the ledger: one connection, a new one after anything that is not a clean yes.</summary>
/// <remarks>
/// Patience is kept outside of the driver, as the ledger does it: a time-out within it would send a cancel request, and a cancelled commit
/// stays committed on the primary alone. What is late is abandoned, and its connection closed when the answer comes.
/// </remarks>
internal sealed class CompanionClient(NpgsqlDataSource source, HistoryClock clock, TimeSpan patience) : IAsyncDisposable
{
    /// <summary>How many abandoned questions may hang on servers, so that waiting for a standby does not use up the connections of others.</summary>
    private const int MostAbandoned = 4;

    private readonly List<Task> _abandoned = [];
    private readonly List<string> _warnings = [];
    private NpgsqlConnection? _connection;

    /// <summary>Where connections come from: none is pooled, and none waits longer than a second to be made.</summary>
    public static NpgsqlDataSource CreateSource(string connectionString, string applicationName)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Timeout = 1,
            CommandTimeout = 0,
            CancellationTimeout = -1,
            ApplicationName = applicationName,
        };
        var builder = ProvenConnections.CreateBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return ProvenConnections.Build(builder);
    }

    /// <summary>Asks once, on the connection that there is or a new one; never throws.</summary>
    public async Task<Answer<T>> AskAsync<T>(Func<NpgsqlConnection, Task<T>> ask)
    {
        _abandoned.RemoveAll(t => t.IsCompleted);
        var sentMs = clock.NowMs;
        if (_abandoned.Count >= MostAbandoned)
        {
            return new Answer<T>(default, false, sentMs, sentMs, Outcome.Refused, "TooManyUnanswered");
        }

        Task<T>? answer = null;
        try
        {
            if (_connection is null)
            {
                await OpenAsync().ConfigureAwait(false);
            }

            _warnings.Clear();
            sentMs = clock.NowMs;
            answer = ask(_connection!);
            var value = await answer.WaitAsync(patience).ConfigureAwait(false);

            // "canceling wait for synchronous replication" is a warning, after which the server still says yes.
            var outcome = _warnings.Count == 0 ? Outcome.Acknowledged : Outcome.Indeterminate;
            return new Answer<T>(value, true, sentMs, clock.NowMs, outcome, _warnings.FirstOrDefault());
        }
        catch (Exception e)
        {
            var endedMs = clock.NowMs;
            Abandon(answer);
            var outcome = answer is null ? Outcome.Refused : WriteOutcome.AfterSending(e);
            return new Answer<T>(default, answer is not null, sentMs, endedMs, outcome, WriteOutcome.Name(e));
        }
    }

    /// <summary>Lets the connection go, so that the next question is asked on a new one, perhaps of another server.</summary>
    public void Reconnect() => Abandon(null);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Abandon(null);
        await Task.WhenAny(Task.WhenAll(_abandoned), Task.Delay(patience, CancellationToken.None)).ConfigureAwait(false);
    }

    /// <summary>Kept before it is open: one that cannot be opened is abandoned like one that does not answer.</summary>
    private async Task OpenAsync()
    {
        _connection = source.CreateConnection();
        _connection.Notice += (_, e) =>
        {
            if (e.Notice.InvariantSeverity == "WARNING")
            {
                _warnings.Add($"WARNING {e.Notice.SqlState}");
            }
        };
        using var late = new CancellationTokenSource(patience);
        await _connection.OpenAsync(late.Token).ConfigureAwait(false);
    }

    private void Abandon(Task? answer)
    {
        if (_connection is not null)
        {
            _abandoned.Add(CloseWhenAnsweredAsync(_connection, answer ?? Task.CompletedTask));
            _connection = null;
        }
    }

    private static async Task CloseWhenAnsweredAsync(NpgsqlConnection connection, Task answer)
    {
        await answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What was asked on it is recorded; how it ended says nothing more.
        }
    }
}

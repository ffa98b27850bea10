using Npgsql;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Workloads.Ledger;

/// <summary>One writer of the open loop: it sends when its schedule says so, or at once when it is late, and skips nothing.</summary>
internal sealed class LedgerWriter(
    NpgsqlDataSource source, LedgerOptions options, int client, HistoryClock clock, LedgerIds ids, Action<Operation> record, ClientMetrics? metrics)
{
    /// <summary>
    /// How many abandoned writes may hang on servers. All writers together stay below half of the default max_connections, so that waiting
    /// for a standby does not turn into "too many connections" for everyone.
    /// </summary>
    private readonly int _mostAbandoned = Math.Max(1, 40 / options.Writers);

    private readonly List<Task> _abandoned = [];
    private LedgerConnection? _connection;

    public async Task RunAsync(double startMs, CancellationToken stop)
    {
        var intervalMs = options.Writers * 1000 / options.RatePerSecond;
        var firstMs = startMs + (intervalMs * client / options.Writers);
        var account = metrics is null ? null : new ScheduleAccount(metrics, firstMs, intervalMs, options.Deadline.TotalMilliseconds);
        for (var i = 0L; !stop.IsCancellationRequested; i++)
        {
            var scheduledMs = firstMs + (i * intervalMs);
            if (!await PauseAsync(scheduledMs - clock.NowMs, stop).ConfigureAwait(false))
            {
                break;
            }

            var operation = await WriteAsync(scheduledMs).ConfigureAwait(false);
            record(operation);
            account?.Settle(i, operation);
            if (operation.Outcome != Outcome.Acknowledged)
            {
                await DropConnectionAsync().ConfigureAwait(false);
                await PauseAsync(options.ReconnectPause.TotalMilliseconds, stop).ConfigureAwait(false);
            }
        }

        await DropConnectionAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(_abandoned), Task.Delay(options.Deadline, CancellationToken.None)).ConfigureAwait(false);
    }

    private static async Task<bool> PauseAsync(double milliseconds, CancellationToken stop)
    {
        if (milliseconds > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !stop.IsCancellationRequested;
    }

    private async Task<Operation> WriteAsync(double scheduledMs)
    {
        var id = ids.Next();
        if (_connection is null && await ConnectAsync().ConfigureAwait(false) is { } whyNot)
        {
            var now = clock.NowMs;
            return new Operation { Id = id, Client = client, ScheduledMs = scheduledMs, SentMs = now, EndedMs = now, Outcome = Outcome.Refused, Error = whyNot };
        }

        var sentMs = clock.NowMs;
        var (outcome, error) = await _connection!.WriteAsync(id, options.Deadline).ConfigureAwait(false);
        return new Operation
        {
            Id = id,
            Client = client,
            ScheduledMs = scheduledMs,
            SentMs = sentMs,
            EndedMs = clock.NowMs,
            Outcome = outcome,
            Error = error,
            Server = outcome == Outcome.Acknowledged ? _connection.Server : null,
        };
    }

    private async Task<string?> ConnectAsync()
    {
        _abandoned.RemoveAll(t => t.IsCompleted);
        if (_abandoned.Count >= _mostAbandoned)
        {
            return "TooManyUnanswered";
        }

        try
        {
            _connection = await LedgerConnection.OpenAsync(source, options, client, CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            return WriteOutcome.Name(e);
        }
    }

    private async Task DropConnectionAsync()
    {
        if (_connection is null)
        {
            return;
        }

        if (_connection.Abandoned is { } abandoned)
        {
            _abandoned.Add(abandoned);
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
        _connection = null;
    }
}

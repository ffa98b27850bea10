using Npgsql;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Workloads.Ledger;

/// <summary>Open-loop writers through one endpoint, each write with a unique id and a recorded outcome.</summary>
/// <remarks>
/// The schedule is fixed from the start: a server that stalls makes writes late, never fewer, so latency and outage are not flattered by
/// clients that politely wait. Use: start, <see cref="RequireRateAsync"/>, break something, <see cref="StopAsync"/>.
/// </remarks>
public sealed class LedgerWorkload : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly HistoryClock _clock;
    private readonly LedgerTally _tally = new(LedgerRate.Window);
    private readonly CancellationTokenSource _stop = new();
    private readonly double _startMs;
    private readonly Task _writers;
    private bool _disposed;

    /// <summary>Starts the writers; the table must exist.</summary>
    /// <param name="connectionString">To the read-write endpoint.</param>
    /// <param name="options">Writers, rate, deadline.</param>
    /// <param name="clock">The experiment's clock.</param>
    /// <param name="history">Where every outcome goes; it stays the caller's.</param>
    /// <param name="metrics">Counts every scheduled write for Prometheus; null when nobody looks.</param>
    public LedgerWorkload(
        string connectionString,
        LedgerOptions options,
        HistoryClock clock,
        HistoryWriter<Operation> history,
        ClientMetrics? metrics = null)
    {
        Options = options;
        _clock = clock;
        _source = LedgerConnection.CreateSource(connectionString);
        _startMs = clock.NowMs;
        var ids = new LedgerIds();
        _writers = Task.WhenAll(Enumerable.Range(0, options.Writers).Select(client => Task.Run(() =>
            new LedgerWriter(_source, options, client, clock, ids, Record, metrics).RunAsync(_startMs, _stop.Token))));

        void Record(Operation operation)
        {
            history.Append(operation);
            _tally.Add(operation);
        }
    }

    /// <summary>What the writers do.</summary>
    public LedgerOptions Options { get; }

    /// <summary>How far they are.</summary>
    public LedgerCounts Counts => _tally.Counts;

    /// <summary>Acknowledged writes per second over the latest <see cref="LedgerRate.Window"/>.</summary>
    public double RatePerSecond => _tally.RatePerSecond(_clock.NowMs);

    /// <summary>Waits until the rate has been held for a whole <see cref="LedgerRate.Window"/>.</summary>
    /// <param name="minimum">Acknowledged writes per second.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="LabException">The rate was not reached: a result would mean nothing, so nothing must be broken now.</exception>
    public async Task RequireRateAsync(decimal minimum, CancellationToken ct)
    {
        var untilMs = _startMs + Bounds.SteadyState.Length.TotalMilliseconds;
        while (_clock.NowMs - _startMs < LedgerRate.Window.TotalMilliseconds || (decimal)RatePerSecond < minimum)
        {
            if (_clock.NowMs > untilMs || _writers.IsFaulted)
            {
                throw new LabException(
                    FormattableString.Invariant($"failover refused: the workload reached {RatePerSecond:0.#} writes/s in {Bounds.SteadyState.Length.TotalSeconds:0} s; {minimum:0.#} writes/s are needed.\n") +
                    FormattableString.Invariant($"  scheduled    {Options.RatePerSecond:0.#} writes/s by {Options.Writers} writers\n") +
                    $"  so far       {Counts.Describe()}; last error {Counts.LastError ?? "none"}\n" +
                    FormattableString.Invariant($"  likely       another load on this machine ({Environment.ProcessorCount} cores), or the cluster is not whole: make status"));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), ct).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the schedule and waits until the outcome of every write that was sent is recorded.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writers.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            await StopAsync().ConfigureAwait(false);
        }
        finally
        {
            await _source.DisposeAsync().ConfigureAwait(false);
            _stop.Dispose();
        }
    }
}

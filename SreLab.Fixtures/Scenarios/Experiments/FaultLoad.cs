using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Ledger;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>What runs beside a fault, from before it to after its heal: the ledger and the two-primaries probe, with their histories.</summary>
internal sealed class FaultLoad : IAsyncDisposable
{
    private readonly HistoryWriter<Operation> _history;
    private readonly HistoryWriter<ProbeAttempt> _attempts;
    private readonly TwoPrimariesProbe _probe;

    private FaultLoad(ILab lab, LedgerOptions options, HistoryClock clock, RunStore store, string folder, ClientMetrics? metrics)
    {
        HistoryFile = $"{folder}/history.jsonl";
        ProbeFile = $"{folder}/probe.jsonl";
        var header = new HistoryHeader(clock.StartedUtc, options.Writers, options.RatePerSecond, options.Deadline.TotalMilliseconds);
        _history = new HistoryWriter<Operation>(store.PathOf(HistoryFile), header);
        _attempts = new HistoryWriter<ProbeAttempt>(store.PathOf(ProbeFile), header);
        _probe = new TwoPrimariesProbe(lab.Members.ToDictionary(m => m.Name, m => lab.ConnectionString(Place.On(m), DatabaseUser.App)), clock, _attempts);
        Ledger = new LedgerWorkload(lab.ConnectionString(Place.ReadWrite, DatabaseUser.App), options, clock, _history, metrics: metrics);
    }

    public LedgerWorkload Ledger { get; }

    /// <summary>Relative to the run.</summary>
    public string HistoryFile { get; }

    /// <summary>Relative to the run.</summary>
    public string ProbeFile { get; }

    public static async Task<FaultLoad> StartAsync(
        ILab lab, LabSettings settings, string fault, HistoryClock clock, RunStore store, string folder, ClientMetrics? metrics, CancellationToken ct)
    {
        var endpoint = lab.ConnectionString(Place.ReadWrite, DatabaseUser.App);
        await LedgerTable.EnsureAsync(endpoint, ct).ConfigureAwait(false);
        await TwoPrimariesProbe.EnsureTableAsync(endpoint, ct).ConfigureAwait(false);
        var options = new LedgerOptions
        {
            Run = FormattableString.Invariant($"{lab.Id}/{fault}/{clock.StartedUtc:yyyyMMdd'T'HHmmss.fff'Z'}"),
            Writers = settings.LedgerWriters,
            RatePerSecond = settings.LedgerRate,
        };
        return new FaultLoad(lab, options, clock, store, folder, metrics);
    }

    /// <summary>Puts every outcome known so far on the disk itself.</summary>
    public async Task FsyncAsync()
    {
        await _history.FsyncAsync().ConfigureAwait(false);
        await _attempts.FsyncAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the load; every outcome is on the disk afterwards.</summary>
    public async Task StopAsync()
    {
        await Ledger.DisposeAsync().ConfigureAwait(false);
        await _probe.DisposeAsync().ConfigureAwait(false);
        await _history.DisposeAsync().ConfigureAwait(false);
        await _attempts.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);
}

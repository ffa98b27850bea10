using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Bench;
using SreLab.Fixtures.Workloads.Ledger;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.AlertProofs;

/// <summary>Clients that write through the whole stage at a fixed rate.</summary>
internal sealed class AlertLoad : IAsyncDisposable
{
    private const string Folder = Stages.Alerts;
    private const string HistoryFile = Folder + "/history.jsonl";
    private const string ShopPass = "quiet";

    // An eighth of what two processors were seen to do.
    private const int ShopRate = 300;
    private readonly HistoryWriter<Operation> _history;
    private readonly ClientMetrics _metrics;

    private AlertLoad(HistoryWriter<Operation> history, LedgerWorkload ledger, ClientMetrics metrics)
    {
        _history = history;
        _metrics = metrics;
        Ledger = ledger;
    }

    public LedgerWorkload Ledger { get; }

    /// <summary>Starts the clients and waits until they have their rate.</summary>
    public static async Task<AlertLoad> StartAsync(ILab lab, LabSettings settings, Objectives objectives, RunStore store, ClientMetrics metrics, CancellationToken ct)
    {
        var endpoint = lab.ConnectionString(Place.ReadWrite, DatabaseUser.App);
        await LedgerTable.EnsureAsync(endpoint, ct);
        var clock = new HistoryClock();
        var options = new LedgerOptions
        {
            Run = FormattableString.Invariant($"{lab.Id}/alerts/{clock.StartedUtc:yyyyMMdd'T'HHmmss.fff'Z'}"),
            Writers = settings.LedgerWriters,
            RatePerSecond = settings.LedgerRate,
        };
        var history = new HistoryWriter<Operation>(
            store.PathOf(HistoryFile), new HistoryHeader(clock.StartedUtc, options.Writers, options.RatePerSecond, options.Deadline.TotalMilliseconds));
        var ledger = new LedgerWorkload(endpoint, options, clock, history, metrics: metrics);
        var load = new AlertLoad(history, ledger, metrics);
        try
        {
            await ledger.RequireRateAsync(objectives.MinimumLedgerRate, ct);
            return load;
        }
        catch
        {
            await load.DisposeAsync();
            throw;
        }
    }

    /// <summary>The shop's own mix beside the ledger, well below what the cluster can do.</summary>
    /// <returns>Acknowledged operations of both.</returns>
    public async Task<long> RunShopAsync(ILab lab, LabSettings settings, RunStore store, IProgressLog progress, CancellationToken ct)
    {
        var before = Ledger.Counts.Acknowledged;
        var plan = (await Benchmark.PlanAsync(lab, settings, ct)) with
        {
            Name = ShopPass,
            WarmupSeconds = 0,
            Seconds = settings.QuietSeconds,
            RatePerSecond = ShopRate,
        };
        Directory.CreateDirectory(store.PathOf(Folder));
        var shop = await Benchmark.RunPassAsync(lab, Place.ReadWrite, plan, new RunStore(store.PathOf(Folder)), progress, _metrics, ct);
        return Ledger.Counts.Acknowledged - before + shop.Transactions;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await _history.DisposeAsync();
    }
}

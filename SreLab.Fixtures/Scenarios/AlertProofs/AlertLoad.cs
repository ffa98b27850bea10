using SreLab.Fixtures.Checkers;
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

    private const string TrialPass = "capacity";
    private const int TrialSeconds = 5;

    // Far below what the database can do: a lab that is full misses its objectives, and its alerts are then true.
    private const double ShareOfCapacity = 0.2;
    private const int HighestShopRate = 300;
    private const int LowestShopRate = 20;
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

    /// <summary>Transactions per second of a loaded, healthy lab on this machine: a fifth of the benchmark's closed loop, or of one of 5 s where there was none.</summary>
    public static async Task<int> ShopRateAsync(
        ILab lab, LabSettings settings, Objectives objectives, RunStore store, BenchRecord? bench, IProgressLog progress, CancellationToken ct)
    {
        var capacity = BenchPasses.Find(bench, BenchPasses.ClosedLoop)?.Tps;
        if (capacity is null)
        {
            var plan = (await Benchmark.PlanAsync(lab, settings, ct)) with { Name = TrialPass, WarmupSeconds = 0, Seconds = TrialSeconds };
            Directory.CreateDirectory(store.PathOf(Folder));

            // Clients that find out what the database can do are slow on purpose: no budget of the run pays for them.
            var trial = await Benchmark.RunPassAsync(lab, Place.ReadWrite, plan, new RunStore(store.PathOf(Folder)), progress, new ClientMetrics(objectives), ct);
            capacity = trial.Tps;
        }

        return (int)Math.Clamp(capacity.Value * ShareOfCapacity, LowestShopRate, HighestShopRate);
    }

    /// <summary>The shop's own mix next to the ledger, well below what the cluster can do.</summary>
    /// <returns>Acknowledged operations of both.</returns>
    public async Task<long> RunShopAsync(ILab lab, LabSettings settings, int rate, RunStore store, IProgressLog progress, CancellationToken ct)
    {
        var before = Ledger.Counts.Acknowledged;
        var plan = (await Benchmark.PlanAsync(lab, settings, ct)) with
        {
            Name = ShopPass,
            WarmupSeconds = 0,
            Seconds = settings.QuietSeconds,
            RatePerSecond = rate,
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

using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Evidence;

/// <summary>Everything a run recorded, read when first asked for: what verdicts and reports are made from.</summary>
/// <remarks>
/// A record that is absent or cannot be read is null here, and <see cref="WhyMissing"/> says which of the two:
/// one damaged file must make its own promises unknown, not hide the rest of the run.
/// </remarks>
public sealed class RunEvidence
{
    private readonly Dictionary<string, string> _unreadable = new(StringComparer.Ordinal);
    private readonly Lazy<RunRecord?> _run;
    private readonly Lazy<EnvironmentRecord?> _environment;
    private readonly Lazy<CalibrationRecord?> _calibration;
    private readonly Lazy<HostHistory?> _host;
    private readonly Lazy<UpRecord?> _up;
    private readonly Lazy<SeedRecord?> _seed;
    private readonly Lazy<BenchRecord?> _bench;
    private readonly Lazy<IReadOnlyList<FaultRecord>> _faults;
    private readonly Lazy<IReadOnlyList<FaultHistory>> _histories;
    private readonly Lazy<BatteryRecord?> _battery;
    private readonly Lazy<DefectsRecord?> _defects;
    private readonly Lazy<PaymentsRecord?> _payments;
    private readonly Lazy<PaymentHistory?> _paymentHistory;
    private readonly Lazy<AllPaidRecord?> _allPaid;
    private readonly Lazy<BackupsRecord?> _backups;
    private readonly Lazy<BackupHistory?> _backupHistory;
    private readonly Lazy<PlatformRecord?> _platform;
    private readonly Lazy<AlertsRecord?> _alerts;
    private readonly Lazy<MetricsRecord?> _metrics;
    private readonly Lazy<PanelsRecord?> _panels;
    private readonly Lazy<SeriesRecord?> _series;
    private readonly Lazy<DefaultTimingsRecord?> _defaultTimings;
    private readonly Lazy<DownRecord?> _down;

    /// <summary>Prepares to read; nothing is read yet.</summary>
    /// <param name="store">The run's folder.</param>
    public RunEvidence(RunStore store)
    {
        Store = store;
        _run = new(() => Read<RunRecord>(EvidenceFiles.Run));
        _environment = new(() => Read<EnvironmentRecord>(EvidenceFiles.Environment));
        _calibration = new(() => Read<CalibrationRecord>(EvidenceFiles.Calibration));
        _host = new(() => File.Exists(Path.Combine(Store.Folder, EvidenceFiles.Host)) ? HostHistory.Load(Path.Combine(Store.Folder, EvidenceFiles.Host)) : null);
        _up = new(() => Read<UpRecord>(EvidenceFiles.Up));
        _seed = new(() => Read<SeedRecord>(EvidenceFiles.Seed));
        _bench = new(() => Read<BenchRecord>(EvidenceFiles.Bench));
        _faults = new(ReadFaults);
        _histories = new(ReadHistories);
        _battery = new(() => Read<BatteryRecord>(EvidenceFiles.Battery));
        _defects = new(() => Read<DefectsRecord>(EvidenceFiles.Defects));
        _payments = new(() => Read<PaymentsRecord>(EvidenceFiles.Payments));
        _paymentHistory = new(() => Payments is { } payments ? PaymentHistory.Load(Store, payments) : null);
        _allPaid = new(() => Read<AllPaidRecord>(EvidenceFiles.AllPaid));
        _backups = new(() => Read<BackupsRecord>(EvidenceFiles.Backups));
        _backupHistory = new(() => Backups is { } backups ? BackupHistory.Load(Store, backups) : null);
        _platform = new(() => Read<PlatformRecord>(EvidenceFiles.Platform));
        _alerts = new(() => Read<AlertsRecord>(EvidenceFiles.Alerts));
        _metrics = new(() => Read<MetricsRecord>(EvidenceFiles.Metrics));
        _panels = new(() => Read<PanelsRecord>(EvidenceFiles.Panels));
        _series = new(() => Read<SeriesRecord>(EvidenceFiles.Series));
        _defaultTimings = new(() => Read<DefaultTimingsRecord>(EvidenceFiles.DefaultTimings));
        _down = new(() => Read<DownRecord>(EvidenceFiles.Down));
    }

    /// <summary>The folder that is read.</summary>
    public RunStore Store { get; }

    /// <summary>What the run is.</summary>
    public RunRecord? Run => _run.Value;

    /// <summary>What it ran on and with.</summary>
    public EnvironmentRecord? Environment => _environment.Value;

    /// <summary>How fast the machine is.</summary>
    public CalibrationRecord? Calibration => _calibration.Value;

    /// <summary>What the machine did, second by second; null when it was not watched.</summary>
    public HostHistory? Host => _host.Value;

    /// <summary>How the lab came up.</summary>
    public UpRecord? Up => _up.Value;

    /// <summary>How the database was filled.</summary>
    public SeedRecord? Seed => _seed.Value;

    /// <summary>The benchmark.</summary>
    public BenchRecord? Bench => _bench.Value;

    /// <summary>The workloads without a defect.</summary>
    public BatteryRecord? Battery => _battery.Value;

    /// <summary>The workloads with each defect.</summary>
    public DefectsRecord? Defects => _defects.Value;

    /// <summary>Invoices paid through faults.</summary>
    public PaymentsRecord? Payments => _payments.Value;

    /// <summary>The same with both ledgers.</summary>
    /// <exception cref="LabException">A ledger is missing or corrupt.</exception>
    public PaymentHistory? PaymentHistory => _paymentHistory.Value;

    /// <summary>All invoices paid by one order.</summary>
    public AllPaidRecord? AllPaid => _allPaid.Value;

    /// <summary>Backups and restores.</summary>
    public BackupsRecord? Backups => _backups.Value;

    /// <summary>The same with the ledger that ran meanwhile.</summary>
    /// <exception cref="LabException">The ledger is missing or corrupt.</exception>
    public BackupHistory? BackupHistory => _backupHistory.Value;

    /// <summary>What only a platform has.</summary>
    public PlatformRecord? Platform => _platform.Value;

    /// <summary>Which alerts were proven, and how.</summary>
    public AlertsRecord? Alerts => _alerts.Value;

    /// <summary>Which metrics were there, before and after a failover.</summary>
    public MetricsRecord? Metrics => _metrics.Value;

    /// <summary>What every dashboard panel returned.</summary>
    public PanelsRecord? Panels => _panels.Value;

    /// <summary>What Prometheus recorded over the run.</summary>
    public SeriesRecord? Series => _series.Value;

    /// <summary>Outages with default timings beside ours, as comparisons measured them.</summary>
    public DefaultTimingsRecord? DefaultTimings => _defaultTimings.Value;

    /// <summary>How the lab ended.</summary>
    public DownRecord? Down => _down.Value;

    /// <summary>A ledger that was written without a fault, with its raw evidence; null when the stage did not run.</summary>
    /// <exception cref="LabException">Its history is missing or corrupt.</exception>
    public FaultHistory? Undisturbed => Read<FaultRecord>(EvidenceFiles.Undisturbed) is { } record ? ReadHistory(record) : null;

    /// <summary>Every fault that left a readable record, by kind and repeat; empty when the stage did not run.</summary>
    public IReadOnlyList<FaultRecord> Faults => _faults.Value;

    /// <summary>Why a record is null, or a fault is absent: one clause that fits in a table.</summary>
    /// <param name="relative">A path of <see cref="EvidenceFiles"/>.</param>
    public string WhyMissing(string relative)
    {
        if (WhyUnreadable(relative) is { } reason)
        {
            return reason;
        }

        return Path.Exists(Path.Combine(Store.Folder, relative)) ? $"{relative} holds no record" : $"the run has no {relative}";
    }

    /// <summary>Why a record that is there could not be read; null when it could, or was not asked for yet.</summary>
    /// <param name="relative">A path of <see cref="EvidenceFiles"/>, or a stage.</param>
    internal string? WhyUnreadable(string relative) =>
        _unreadable.Where(u => u.Key.StartsWith(relative, StringComparison.Ordinal)).Select(u => u.Value).FirstOrDefault();

    /// <summary>The raw evidence of every fault, in the order of <see cref="Faults"/>.</summary>
    /// <exception cref="LabException">A history is missing or corrupt: no verdict on the faults may rest on the others alone.</exception>
    public IReadOnlyList<FaultHistory> Histories => _histories.Value;

    /// <summary>The raw evidence of one fault.</summary>
    /// <exception cref="LabException">Its history is missing or corrupt.</exception>
    public FaultHistory ReadHistory(FaultRecord fault) => FaultHistory.Load(Store, fault);

    private List<FaultHistory> ReadHistories()
    {
        var faults = Faults;
        return EvidenceFiles.FaultFolders.Select(WhyUnreadable).FirstOrDefault(r => r is not null) is { } reason
            ? throw new LabException(reason)
            : [.. faults.Select(ReadHistory)];
    }

    private List<FaultRecord> ReadFaults() =>
        [.. EvidenceFiles.FaultsOf(Store).Select(Read<FaultRecord>).OfType<FaultRecord>().OrderBy(f => f.Kind, StringComparer.Ordinal).ThenBy(f => f.Repeat)];

    private T? Read<T>(string relative)
        where T : class
    {
        try
        {
            return Store.TryRead<T>(relative);
        }
        catch (LabException e)
        {
            _unreadable[relative] = e.Message.Split('\n')[0];
            return null;
        }
    }
}

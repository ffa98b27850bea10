using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Evidence;

/// <summary>Where each record lies in a run's folder.</summary>
public static class EvidenceFiles
{
    /// <summary>What the platform under the lab tells: pods, nodes, the cluster's controller; a JSON object a line.</summary>
    public const string PlatformEvents = "platform-events.jsonl";

    /// <summary><see cref="RunRecord"/>.</summary>
    public const string Run = "run.json";

    /// <summary><see cref="EnvironmentRecord"/>.</summary>
    public const string Environment = "environment.json";

    /// <summary>What the machine under the suite did: a <see cref="HostSample"/> for each second.</summary>
    public const string Host = "host.jsonl";

    /// <summary><see cref="CalibrationRecord"/>.</summary>
    public const string Calibration = "calibration.json";

    /// <summary><see cref="UpRecord"/>.</summary>
    public const string Up = "10-up/up.json";

    /// <summary><see cref="SeedRecord"/>.</summary>
    public const string Seed = "20-seed/seed.json";

    /// <summary><see cref="BenchRecord"/>.</summary>
    public const string Bench = "30-bench/bench.json";

    /// <summary>Folder of a ledger that was written without a fault.</summary>
    public const string UndisturbedFolder = "30-bench/ledger";

    /// <summary>Its <see cref="FaultRecord"/>, with a moment at which nothing happened in place of a fault.</summary>
    public const string Undisturbed = UndisturbedFolder + "/ledger.json";

    /// <summary>Folder that holds one folder per fault, each with a <see cref="FaultFileName"/>.</summary>
    public const string Failover = "40-failover";

    /// <summary>The same for planned work under load.</summary>
    public const string Switchover = "50-switchover";

    /// <summary>Every folder that holds faults.</summary>
    public static IReadOnlyList<string> FaultFolders { get; } = [Failover, Switchover];

    /// <summary><see cref="FaultRecord"/> within a fault's folder, for example <c>40-failover/kill-member-1/fault.json</c>.</summary>
    public const string FaultFileName = "fault.json";

    /// <summary><see cref="BankRecord"/> within a fault's folder.</summary>
    public const string BankFileName = "bank.json";

    /// <summary><see cref="HeartbeatRecord"/> within a fault's folder.</summary>
    public const string HeartbeatFileName = "heartbeat.json";

    /// <summary><see cref="MemberLogsRecord"/> within a fault's folder.</summary>
    public const string LogsFileName = "logs.json";

    /// <summary><see cref="ProgramLogsRecord"/> within a fault's folder.</summary>
    public const string ProgramLogsFileName = "programs.json";

    /// <summary>Folder, within a fault's, of what the programs around PostgreSQL logged.</summary>
    public const string ProgramLogs = "programs";

    /// <summary><see cref="BatteryRecord"/> of the workloads without a defect.</summary>
    public const string Battery = "55-workloads/battery.json";

    /// <summary><see cref="DefectsRecord"/>.</summary>
    public const string Defects = "55-workloads/defects.json";

    /// <summary><see cref="PaymentsRecord"/>.</summary>
    public const string Payments = "55-workloads/payments.json";

    /// <summary><see cref="AllPaidRecord"/>.</summary>
    public const string AllPaid = "55-workloads/all-paid.json";

    /// <summary><see cref="BackupsRecord"/>.</summary>
    public const string Backups = "70-backup/backup.json";

    /// <summary><see cref="AlertsRecord"/>.</summary>
    public const string Alerts = "60-alerts/alerts.json";

    /// <summary><see cref="MetricsRecord"/>: what was scraped before and after a failover.</summary>
    public const string Metrics = "60-alerts/metrics.json";

    /// <summary><see cref="PanelsRecord"/>: what each dashboard panel's query returned.</summary>
    public const string Panels = "60-alerts/panels.json";

    /// <summary>Every <see cref="NotificationRecord"/> that arrived while a process of the suite listened, one JSON object a line, over all stages.</summary>
    public const string Notifications = "alerts/notifications.jsonl";

    /// <summary>The clients' counters, a line a second over all stages: Unix milliseconds, operations, bad, timed, slow.</summary>
    public const string Clients = "alerts/clients.csv";

    /// <summary><see cref="PlatformRecord"/>: what only a platform has.</summary>
    public const string Platform = "80-platform/platform.json";

    /// <summary><see cref="SeriesRecord"/>: what Prometheus recorded over the run, for charts.</summary>
    public const string Series = "90-report/series.json";

    /// <summary><see cref="DefaultTimingsRecord"/>.</summary>
    public const string DefaultTimings = "90-report/default-timings.json";

    /// <summary><see cref="DownRecord"/>.</summary>
    public const string Down = "99-down/down.json";

    /// <summary>What ran and how each promise was judged, for readers; judged again by <c>make judge</c>.</summary>
    public const string Verdicts = "verdicts.json";

    /// <summary>Progress lines of the run.</summary>
    public const string Progress = "progress.log";

    /// <summary>The folder in which the faults of an entry lie.</summary>
    public static string FolderOf(FaultEntry entry) => entry.IsPlanned ? Switchover : Failover;

    /// <summary>The folder of one fault, relative to the run.</summary>
    public static string FolderOf(FaultRecord fault) => Path.GetDirectoryName(fault.HistoryFile)!;

    /// <summary>The record of every fault of a run, relative to it; there is one folder a fault.</summary>
    public static IReadOnlyList<string> FaultsOf(RunStore store) =>
    [
        .. from stage in FaultFolders
           where Directory.Exists(store.PathOf(stage))
           from fault in Directory.GetDirectories(store.PathOf(stage)).Order(StringComparer.Ordinal)
           select Path.Combine(stage, Path.GetFileName(fault), FaultFileName),
    ];
}

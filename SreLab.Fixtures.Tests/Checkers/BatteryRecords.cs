using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>A battery in which every promise holds, and what each defect makes of it; <c>with</c> makes the others.</summary>
internal static class BatteryRecords
{
    public static Objectives Objectives { get; } = Ledger.Objectives;

    public static BatteryRecord Good { get; } = new()
    {
        Defect = "",
        Instance = "app-1",
        StartedUtc = DateTimeOffset.UnixEpoch,
        Seconds = 12,
        Contract = new ContractRecord(
            [.. Enumerable.Range(1, 25).Select(i => new ExchangeRecord($"app: GET /{i}", 200, "application/json", 200, "application/json", [], null))],
            new PagingRecord(true, 500, 3, 500, 1200, 0, 0, 0, null),
            []),
        Liveness = [Alive("app-1", "service"), Alive("app-1", "sidecar"), Alive("app-2", "service"), Alive("app-2", "sidecar")],
        Readiness = [Ready("app-1"), Ready("app-2") with { StartedRefused = null }],
        Load = Load(1000),
        Counts = new CountsRecord("app-1", 800, 800, 32, 1000, 1800),
        Memory = new MemoryRecord("app-1", 800, 10e6, 12e6, 90e6, 95e6),
        Connections = new ConnectionsRecord("app-1", 800, 1, 0, 24),
        Cpu = new CpuRecord("app-1", 0.02, 0.8, 0.2, 0.7),
        Logs = new LogsRecord("id-1", [.. new[] { "app-1 sidecar", "app-1 service", "provider sidecar", "provider service" }.Select(p => new LogPlaceRecord(p, 1, 1))], true, true, 500, 0, null),
        Restart = new RestartRecord([new RestartedRecord("app-1", 2.4, 1.2, ["200", "503 draining", "ConnectionRefused"], true, "400")], Load(300)),
        Privacy = new PrivacyRecord(
            new Dictionary<string, string> { ["POST /payments"] = "404" },
            new Dictionary<string, string> { ["POST /payments without a token"] = "401" },
            "127.0.0.23",
            ["127.0.0.23:8080", "127.0.0.23:8081"]),
        Metrics = [.. WorkloadMetrics.Contract.Select(s => new ServiceMetricsRecord(s.Key, s.Key, s.Value, 0, ""))],
    };

    /// <summary>The matrix in which every defect breaks what it must.</summary>
    public static DefectsRecord Matrix { get; } = new()
    {
        Known = WorkloadDefects.All,
        Control = Good,
        Batteries = [.. DefectCatalogue.All.Select(s => Carrying(s.Defect))],
        NotCarriedOut = new Dictionary<string, string>(),
    };

    public static LivenessRecord Alive(string instance, string way) => new(instance, way, 20, 20, null);

    public static ReadinessRecord Ready(string instance) => new()
    {
        Instance = instance,
        Healthy = "200",
        HealthyThroughSidecar = "200",
        FalseAfterSeconds = 0.8,
        FalseReason = "database",
        Refused = "503",
        StartedRefused = ["503 starting", "503 database"],
        TrueAfterSeconds = 0.9,
    };

    public static HttpLoadRecord Load(long requests, long failed = 0, double p99 = 40) => new()
    {
        HistoryFile = "http.jsonl",
        RatePerSecond = 100,
        Seconds = requests / 100.0,
        Requests = requests,
        Failed = failed,
        MedianMs = 4,
        P99Ms = p99,
        WorstMs = p99 * 2,
        Failures = failed > 0 ? new Dictionary<string, long> { ["status 504"] = failed } : new Dictionary<string, long>(),
        Routes = new Dictionary<string, long> { ["/hello"] = requests },
    };

    /// <summary>What a battery looks like that the defect breaks as the catalogue says.</summary>
    public static BatteryRecord Carrying(string defect) => Of(defect) with { Defect = defect };

    private static BatteryRecord Of(string defect) => defect switch
    {
        "memory-leak" => Good with { Memory = Good.Memory! with { HeapAfter = 10e6 + (800 * 65_536) } },
        "counter-race" => Good with { Counts = Good.Counts! with { After = 1650 } },
        "failing-healthz" => Good with { Liveness = [.. Good.Liveness!.Select(l => l.Instance == "app-1" ? l with { Alive = 0, FirstWrong = "500" } : l)] },
        "slow-responses" => Good with { Load = Load(1000, p99: 7800) },
        "wrong-probe-port" => Good with
        {
            Liveness = [.. Good.Liveness!.Select(l => l.Instance == "app-1" ? l with { Alive = 0, FirstWrong = "404" } : l)],
            Readiness = [Ready("app-1") with { Healthy = "404", HealthyThroughSidecar = "404", FalseAfterSeconds = null, FalseReason = null, StartedRefused = ["404"], TrueAfterSeconds = null }, Ready("app-2")],
            Restart = Good.Restart! with { Instances = [Good.Restart.Instances[0] with { OnSigterm = ["404", "ConnectionRefused"] }] },
        },
        "random-504" => Good with { Load = Load(1000, failed: 100), Restart = Good.Restart! with { Load = Load(300, failed: 30) } },
        "abrupt-shutdown" => Good with
        {
            Restart = Good.Restart! with { Instances = [Good.Restart.Instances[0] with { OnSigterm = ["200", "ConnectionRefused"], InFlight = "ResponseEnded" }] },
        },
        "connection-leak" => Good with { Connections = Good.Connections! with { UsedLeft = 20 } },
        "missing-correlation-id" => Good with { Logs = Good.Logs! with { Places = [Good.Logs.Places[0], .. Good.Logs.Places.Skip(1).Select(p => p with { Lines = 0, Complete = 0 })] } },
        "early-readiness" => Good with { Readiness = [Ready("app-1") with { FalseAfterSeconds = null, FalseReason = null, StartedRefused = ["200"] }, Ready("app-2")] },
        _ => throw new ArgumentOutOfRangeException(nameof(defect), defect, "no sample of it"),
    };
}

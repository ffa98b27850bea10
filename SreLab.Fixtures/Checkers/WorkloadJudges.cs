using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>The judge of one promise on one battery.</summary>
/// <param name="Id">The promise's id.</param>
/// <param name="Judge">Battery and objectives in, verdict out; pure.</param>
public sealed record WorkloadJudge(string Id, Func<BatteryRecord?, Objectives, Verdict> Judge);

/// <summary>Every promise that a battery decides: the one list behind the promises, the defect matrix and the catalogue of defects.</summary>
public static class WorkloadJudges
{
    /// <summary>Endpoints as documented.</summary>
    public const string Contract = "workload-contract";

    /// <summary>Alive every time.</summary>
    public const string Liveness = "workload-liveness";

    /// <summary>Ready when requests can be served.</summary>
    public const string Readiness = "workload-readiness";

    /// <summary>Not ready before it ends.</summary>
    public const string Shutdown = "workload-shutdown";

    /// <summary>p99 within its objective.</summary>
    public const string Latency = "workload-latency";

    /// <summary>Failed requests within their objective.</summary>
    public const string Availability = "workload-availability";

    /// <summary>Exact counts.</summary>
    public const string Counts = "workload-counts";

    /// <summary>No memory kept.</summary>
    public const string Memory = "workload-memory";

    /// <summary>No connection kept.</summary>
    public const string Connections = "workload-connections";

    /// <summary>One id through every log.</summary>
    public const string Logs = "workload-logs";

    /// <summary>Restart without a failed request.</summary>
    public const string Restart = "workload-restart";

    /// <summary>Provider from inside only.</summary>
    public const string Privacy = "workload-provider-private";

    /// <summary>Metrics of the contract.</summary>
    public const string Metrics = "workload-metrics";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WorkloadJudge> All { get; } =
    [
        new(Contract, (b, _) => WorkloadContract.Check(b)),
        new(Liveness, (b, _) => WorkloadLiveness.Check(b)),
        new(Readiness, WorkloadReadiness.Check),
        new(Shutdown, (b, _) => WorkloadShutdown.Check(b)),
        new(Latency, WorkloadLoad.Latency),
        new(Availability, WorkloadLoad.Availability),
        new(Counts, (b, _) => WorkloadCounts.Check(b)),
        new(Memory, WorkloadMemory.Check),
        new(Connections, WorkloadConnections.Check),
        new(Logs, (b, _) => WorkloadLogs.Check(b)),
        new(Restart, (b, _) => WorkloadRestart.Check(b)),
        new(Privacy, (b, _) => WorkloadPrivacy.Check(b)),
        new(Metrics, (b, _) => WorkloadMetrics.Check(b)),
    ];

    /// <summary>Judges one promise.</summary>
    public static Verdict Judge(string id, BatteryRecord? battery, Objectives objectives) => All.Single(j => j.Id == id).Judge(battery, objectives);
}

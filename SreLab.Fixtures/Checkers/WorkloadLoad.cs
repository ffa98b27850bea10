using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-latency and workload-availability: what clients of the load balancer saw.</summary>
public static class WorkloadLoad
{
    /// <summary>Name of its probe.</summary>
    public const string Probe = "load";

    private const int LeastRequests = 200;
    private const double LeastShareOfSchedule = 0.9;

    /// <summary>99th percentile from the scheduled moment.</summary>
    public static Verdict Latency(BatteryRecord? battery, Objectives objectives)
    {
        var objective = Invariant($"<= {objectives.WorkloadLatencyP99Ms:0} ms");
        return BatteryPart.Missing(battery, Probe, battery?.Load, objective) ?? Of(battery!.Load!);

        Verdict Of(HttpLoadRecord load) => BatteryPart.Judge(
            Invariant($"p99 of {load.Requests:N0} requests is {load.P99Ms:0} ms"),
            objective,
            Invariant($"p99 {load.P99Ms:0} ms, median {load.MedianMs:0.0} ms"),
            [],
            Doubts(load),
            (decimal)load.P99Ms > objectives.WorkloadLatencyP99Ms ? [Invariant($"p99 of {load.Requests:N0} requests is {load.P99Ms:0} ms, the slowest took {load.WorstMs:0} ms")] : []);
    }

    /// <summary>Failed requests over all.</summary>
    public static Verdict Availability(BatteryRecord? battery, Objectives objectives)
    {
        var objective = Invariant($"<= {objectives.WorkloadErrorRatio * 100:0.###} %");
        return BatteryPart.Missing(battery, Probe, battery?.Load, objective) ?? Of(battery!.Load!);

        Verdict Of(HttpLoadRecord load) => BatteryPart.Judge(
            Invariant($"{load.Failed} of {load.Requests:N0} requests failed"),
            objective,
            Invariant($"{load.Failed} of {load.Requests:N0}"),
            load.Failed > load.Requests * objectives.WorkloadErrorRatio ? [Invariant($"{load.Failed} of {load.Requests:N0} requests failed: {Kinds(load)}")] : [],
            Doubts(load));
    }

    /// <summary>Failures by kind, for a line.</summary>
    internal static string Kinds(HttpLoadRecord load) => string.Join(", ", load.Failures.Select(f => Invariant($"{f.Value} {f.Key}")));

    private static List<string> Doubts(HttpLoadRecord load) =>
    [
        .. load.Requests < LeastRequests ? [Invariant($"only {load.Requests} requests were sent; {LeastRequests} are needed")] : Array.Empty<string>(),
        .. load.Requests < load.RatePerSecond * load.Seconds * LeastShareOfSchedule ? [Invariant($"only {load.Requests} requests were sent of {load.RatePerSecond * load.Seconds:0} on the schedule")] : Array.Empty<string>(),
    ];
}

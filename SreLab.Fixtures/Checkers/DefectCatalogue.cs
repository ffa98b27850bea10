namespace SreLab.Fixtures.Checkers;

/// <summary>How a defect shows.</summary>
/// <param name="Defect">As <c>workloads/README.md</c> names it.</param>
/// <param name="Breaks">Promises that it breaks every time: its signature.</param>
/// <param name="Follows">Promises that it may break, or leave undecided, as a consequence.</param>
/// <param name="ShownBy">The metric, probe or log line that shows it to somebody who looks.</param>
public sealed record DefectSignature(string Defect, IReadOnlyList<string> Breaks, IReadOnlyList<string> Follows, string ShownBy)
{
    /// <summary>Whether these promises, and no others, can be broken by it.</summary>
    public bool Explains(IReadOnlyCollection<string> broken) => Breaks.All(broken.Contains) && broken.All(b => Breaks.Contains(b) || Follows.Contains(b));
}

/// <summary>Every defect with the promises that it breaks: the one place where that is written down.</summary>
public static class DefectCatalogue
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DefectSignature> All { get; } =
    [
        new("memory-leak", [WorkloadJudges.Memory], [], "dotnet_gc_heap_bytes and process_resident_memory_bytes rise by 64 KiB with each request"),
        new("counter-race", [WorkloadJudges.Counts], [], "invoice_requests_total rises by less than http_server_request_duration_seconds_count of the same routes"),
        new("failing-healthz", [WorkloadJudges.Liveness], [], "GET /healthz is 500 while GET /readiness and every other endpoint answer"),
        new(
            "slow-responses",
            [WorkloadJudges.Latency],
            // Requests in flight at SIGTERM may outlast the drain, and a service that only waits needs no processor under load.
            [WorkloadJudges.Restart, WorkloadJudges.Metrics],
            "http_server_request_duration_seconds above 3 s on every route but probes"),
        new(
            "wrong-probe-port",
            [WorkloadJudges.Liveness, WorkloadJudges.Readiness, WorkloadJudges.Shutdown],
            [],
            "GET /healthz and /readiness are 404 at the documented port and 200 two ports on; the load balancer sends nothing to the instance"),
        new(
            "random-504",
            [WorkloadJudges.Availability],
            // The same answers come to whoever restarts, asks probes or follows a payment through the sidecar.
            [WorkloadJudges.Restart, WorkloadJudges.Logs],
            "proxy_injected_504_total rises, and the sidecar logs status 504 where the service logs 200 or nothing"),
        new(
            "abrupt-shutdown",
            [WorkloadJudges.Restart, WorkloadJudges.Shutdown],
            [],
            "after SIGTERM connections are refused with no 503 of /readiness before, and clients see 502 from the sidecar"),
        new(
            "connection-leak",
            [WorkloadJudges.Connections],
            // Once the pool is empty, whatever needs the database fails, readiness last.
            [
                WorkloadJudges.Availability, WorkloadJudges.Latency, WorkloadJudges.Restart, WorkloadJudges.Readiness, WorkloadJudges.Shutdown, WorkloadJudges.Contract, WorkloadJudges.Logs,
                WorkloadJudges.Counts, WorkloadJudges.Memory, WorkloadJudges.Metrics,
            ],
            "db_client_connections{state=\"used\"} stays where the last request left it"),
        new("missing-correlation-id", [WorkloadJudges.Logs], [], "the sidecar logs the id of the request; the service behind it and the provider do not"),
        new(
            "early-readiness",
            [WorkloadJudges.Readiness],
            // It gets requests before it can serve them.
            [WorkloadJudges.Restart],
            "GET /readiness is 200 while the database refuses the application's role, also on an instance that was started meanwhile"),
    ];
}

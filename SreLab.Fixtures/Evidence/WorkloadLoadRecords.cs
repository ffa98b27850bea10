namespace SreLab.Fixtures.Evidence;

/// <summary>A load from the clients' side.</summary>
public sealed record HttpLoadRecord
{
    /// <summary>Every request, relative to the run.</summary>
    public required string HistoryFile { get; init; }

    /// <summary>As it was scheduled.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>From the first scheduled moment to the last.</summary>
    public required double Seconds { get; init; }

    /// <summary>How many were sent.</summary>
    public required long Requests { get; init; }

    /// <summary>How many were not answered as a sound service answers.</summary>
    public required long Failed { get; init; }

    /// <summary>Median latency from the scheduled moment, ms.</summary>
    public required double MedianMs { get; init; }

    /// <summary>99th percentile, ms.</summary>
    public required double P99Ms { get; init; }

    /// <summary>The slowest, ms.</summary>
    public required double WorstMs { get; init; }

    /// <summary>Failed requests by kind.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    /// <summary>Requests by route.</summary>
    public required IReadOnlyDictionary<string, long> Routes { get; init; }
}

/// <summary>The service's own count beside ours.</summary>
/// <param name="Instance">Which, asked directly.</param>
/// <param name="Sent">Requests to <c>/invoices...</c>.</param>
/// <param name="Answered">Those with an answer: they were certainly seen by the service.</param>
/// <param name="Concurrency">In flight at most.</param>
/// <param name="Before"><c>invoice_requests_total</c> before.</param>
/// <param name="After">And after.</param>
public sealed record CountsRecord(string Instance, long Sent, long Answered, int Concurrency, double Before, double After);

/// <summary>Memory of an instance before and after requests, bytes.</summary>
/// <param name="Instance">Which.</param>
/// <param name="Requests">How many came between.</param>
/// <param name="HeapBefore">Live after the last collection, before.</param>
/// <param name="HeapAfter">And after.</param>
/// <param name="ResidentBefore">Resident, before.</param>
/// <param name="ResidentAfter">And after.</param>
public sealed record MemoryRecord(string Instance, long Requests, double HeapBefore, double HeapAfter, double ResidentBefore, double ResidentAfter);

/// <summary>Database connections after requests to the database have ended.</summary>
/// <param name="Instance">Which.</param>
/// <param name="Requests">How many came before.</param>
/// <param name="UsedLeft">Least <c>db_client_connections{state="used"}</c> over the looks afterwards.</param>
/// <param name="BusyInDatabase">Least number of sessions of the application's role that were not idle.</param>
/// <param name="SessionsInDatabase">Sessions of that role, idle ones included: a pool keeps some.</param>
public sealed record ConnectionsRecord(string Instance, long Requests, double UsedLeft, long BusyInDatabase, long SessionsInDatabase);

/// <summary>What the metrics that autoscaling acts on did under load.</summary>
/// <param name="Instance">Which.</param>
/// <param name="IdleCores">Processors that the process used before, from <c>process_cpu_seconds_total</c>.</param>
/// <param name="LoadCores">And during.</param>
/// <param name="HostIdleRatio"><c>workload_host_cpu_ratio</c> before: the least of the looks.</param>
/// <param name="HostLoadRatio">And during: the greatest.</param>
public sealed record CpuRecord(string Instance, double IdleCores, double LoadCores, double HostIdleRatio, double HostLoadRatio);

/// <summary>One payment followed through the logs by the id that its client gave it.</summary>
/// <param name="CorrelationId">The id.</param>
/// <param name="Places">Where it had to be found.</param>
/// <param name="IsEchoed">The answer carried it.</param>
/// <param name="IsInProblem">An answer with a problem carried the id of its own request.</param>
/// <param name="Lines">Log lines of all programs since the battery began.</param>
/// <param name="NotJson">Those that are no JSON object.</param>
/// <param name="FirstNotJson">The first of them, shortened; null when there is none.</param>
public sealed record LogsRecord(
    string CorrelationId, IReadOnlyList<LogPlaceRecord> Places, bool IsEchoed, bool IsInProblem, long Lines, long NotJson, string? FirstNotJson);

/// <summary>What one program logged of it.</summary>
/// <param name="Place">Instance and program: <c>app-1 sidecar</c>.</param>
/// <param name="Lines">Lines with the id.</param>
/// <param name="Complete">Those of a finished request with status and duration.</param>
public sealed record LogPlaceRecord(string Place, int Lines, int Complete);

/// <summary>Instances restarted under load.</summary>
/// <param name="Instances">In order.</param>
/// <param name="Load">What the clients saw meanwhile.</param>
public sealed record RestartRecord(IReadOnlyList<RestartedRecord> Instances, HttpLoadRecord Load);

/// <summary>One instance stopped and started.</summary>
/// <param name="Instance">Which.</param>
/// <param name="StopSeconds">From SIGTERM until both programs had ended.</param>
/// <param name="StartSeconds">From the start until both answered.</param>
/// <param name="OnSigterm">Answers of the service's <c>/readiness</c> after SIGTERM, in order and without repeats; the last one is why it could not be reached.</param>
/// <param name="IsBack">The load balancer sent requests to it again; not awaited for an instance that it does not take.</param>
/// <param name="InFlight">What became of a request that the service had half of at SIGTERM, and the rest of a moment later: a status, or why there is none. Null in runs that did not send it.</param>
public sealed record RestartedRecord(string Instance, double StopSeconds, double StartSeconds, IReadOnlyList<string> OnSigterm, bool IsBack, string? InFlight = null);

/// <summary>Ways on which the payment-provider must not answer.</summary>
/// <param name="ThroughPublic">Answers of the public address to requests for the provider, by request.</param>
/// <param name="WithoutToken">Answers of the provider itself to requests without its token, by request.</param>
/// <param name="Own">Address that it may listen on.</param>
/// <param name="Listeners">Every socket on which its processes listen.</param>
public sealed record PrivacyRecord(
    IReadOnlyDictionary<string, string> ThroughPublic, IReadOnlyDictionary<string, string> WithoutToken, string Own, IReadOnlyList<string> Listeners);

/// <summary><c>/metrics</c> of one program.</summary>
/// <param name="Program">Instance and program.</param>
/// <param name="Service">invoice-app, payment-provider or edge-proxy.</param>
/// <param name="Names">Metrics that are declared or have a sample.</param>
/// <param name="CheckExitCode">Of <c>promtool check metrics</c>.</param>
/// <param name="CheckOutput">What it said, shortened.</param>
public sealed record ServiceMetricsRecord(string Program, string Service, IReadOnlyList<string> Names, int CheckExitCode, string CheckOutput);

namespace SreLab.Fixtures.Evidence;

/// <summary>What the probes saw of workloads that ran with one plan. A probe that could not be carried out leaves null and a problem.</summary>
public sealed record BatteryRecord
{
    /// <summary>The defect that was deployed; empty for none.</summary>
    public required string Defect { get; init; }

    /// <summary>The instance that carried it, and that was probed most closely.</summary>
    public required string Instance { get; init; }

    /// <summary>Its start.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long all probes took together.</summary>
    public double Seconds { get; init; }

    /// <summary>Endpoints against the contract.</summary>
    public ContractRecord? Contract { get; init; }

    /// <summary><c>/healthz</c>, by instance and way.</summary>
    public IReadOnlyList<LivenessRecord>? Liveness { get; init; }

    /// <summary><c>/readiness</c>, by instance of invoice-app.</summary>
    public IReadOnlyList<ReadinessRecord>? Readiness { get; init; }

    /// <summary>The open-loop load through the load balancer.</summary>
    public HttpLoadRecord? Load { get; init; }

    /// <summary>Requests sent, and counted by the service.</summary>
    public CountsRecord? Counts { get; init; }

    /// <summary>Memory before and after the same requests.</summary>
    public MemoryRecord? Memory { get; init; }

    /// <summary>Database connections after them.</summary>
    public ConnectionsRecord? Connections { get; init; }

    /// <summary>The processor during them.</summary>
    public CpuRecord? Cpu { get; init; }

    /// <summary>One request followed through the logs.</summary>
    public LogsRecord? Logs { get; init; }

    /// <summary>Instances stopped and started under load.</summary>
    public RestartRecord? Restart { get; init; }

    /// <summary>Ways to the payment-provider.</summary>
    public PrivacyRecord? Privacy { get; init; }

    /// <summary><c>/metrics</c> of every service and sidecar.</summary>
    public IReadOnlyList<ServiceMetricsRecord>? Metrics { get; init; }

    /// <summary>Why a probe has no record, by its name.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();
}

/// <summary>Answers of the endpoints beside what the contract says.</summary>
/// <param name="Exchanges">One for each question.</param>
/// <param name="Paging">The list of unpaid invoices, page by page.</param>
/// <param name="MissingRoutes">Routes of the contract that an OpenAPI document lacks, as <c>service: route</c>.</param>
public sealed record ContractRecord(IReadOnlyList<ExchangeRecord> Exchanges, PagingRecord Paging, IReadOnlyList<string> MissingRoutes);

/// <summary>One question and its answer.</summary>
/// <param name="Request">Service, method and path, with what is special about it.</param>
/// <param name="ExpectedStatus">As the contract says.</param>
/// <param name="ExpectedType">Media type as the contract says; empty when it says nothing.</param>
/// <param name="Status">As it was; null without an answer.</param>
/// <param name="Type">As it was.</param>
/// <param name="Missing">Fields or headers of the contract that the answer lacks.</param>
/// <param name="Error">Why there was no answer; null when there was one.</param>
public sealed record ExchangeRecord(
    string Request, int ExpectedStatus, string ExpectedType, int? Status, string Type, IReadOnlyList<string> Missing, string? Error);

/// <summary>What following <c>next</c> gave, beside what the database holds.</summary>
/// <param name="IsWhole">Followed to the end; else only the first pages.</param>
/// <param name="Limit">Items a page may have.</param>
/// <param name="Pages">How many were read.</param>
/// <param name="LargestPage">Items of the largest one.</param>
/// <param name="Listed">Items over all pages.</param>
/// <param name="Repeated">Items that came more than once.</param>
/// <param name="Missing">Unpaid invoices of the database that should have been among them and were not.</param>
/// <param name="Unexpected">Items that are no unpaid invoice of the database.</param>
/// <param name="Error">What broke it off; null when nothing did.</param>
public sealed record PagingRecord(bool IsWhole, int Limit, int Pages, int LargestPage, long Listed, long Repeated, long Missing, long Unexpected, string? Error);

/// <summary>Answers of <c>/healthz</c>.</summary>
/// <param name="Instance">Which.</param>
/// <param name="Way">service: at its documented port; sidecar: through it.</param>
/// <param name="Asked">How often.</param>
/// <param name="Alive">How often it was 200 <c>alive</c>.</param>
/// <param name="FirstWrong">The first other answer; null when there was none.</param>
public sealed record LivenessRecord(string Instance, string Way, int Asked, int Alive, string? FirstWrong);

/// <summary>Answers of <c>/readiness</c> of one instance.</summary>
public sealed record ReadinessRecord
{
    /// <summary>Which.</summary>
    public required string Instance { get; init; }

    /// <summary>Answer of the service at its documented port while all was well.</summary>
    public required string Healthy { get; init; }

    /// <summary>Answer through the sidecar while all was well.</summary>
    public required string HealthyThroughSidecar { get; init; }

    /// <summary>Answer to <c>GET /invoices</c> while the database refused it; null when that was not tried.</summary>
    public string? Refused { get; init; }

    /// <summary>Seconds from the end of the refusal until 200; null when it did not come while it was waited for.</summary>
    public double? TrueAfterSeconds { get; init; }

    /// <summary>Answers of an instance that was started while the database refused it, in order and without repeats; null when that was not tried.</summary>
    public IReadOnlyList<string>? StartedRefused { get; init; }
}

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
public sealed record RestartedRecord(string Instance, double StopSeconds, double StartSeconds, IReadOnlyList<string> OnSigterm, bool IsBack);

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

/// <summary>The workloads with each of their defects, and without.</summary>
public sealed record DefectsRecord
{
    /// <summary>Every defect there is.</summary>
    public required IReadOnlyList<string> Known { get; init; }

    /// <summary>The same short battery without a defect: what is red here is red for another reason.</summary>
    public required BatteryRecord Control { get; init; }

    /// <summary>One for each defect that was deployed.</summary>
    public required IReadOnlyList<BatteryRecord> Batteries { get; init; }

    /// <summary>Defects whose battery could not be carried out, with the reason.</summary>
    public required IReadOnlyDictionary<string, string> NotCarriedOut { get; init; }
}

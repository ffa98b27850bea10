namespace SreLab.Fixtures.Evidence;

/// <summary>What the probes saw of workloads that ran with one plan. A probe that could not be carried out leaves null and a problem.</summary>
public sealed record BatteryRecord
{
    /// <summary>The defect that was deployed; empty for none.</summary>
    public required string Defect { get; init; }

    /// <summary>The instance that carried it, and that was probed most closely.</summary>
    public required string Instance { get; init; }

    /// <summary>Looked at from every side; else as closely as each of many deployments is.</summary>
    public bool IsWhole { get; init; } = true;

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

    /// <summary>Seconds from the database's refusal until 503; null when it did not come while it was waited for.</summary>
    public double? FalseAfterSeconds { get; init; }

    /// <summary>The reason that came with it.</summary>
    public string? FalseReason { get; init; }

    /// <summary>Answer to <c>GET /invoices</c> while the database refused it; null when that was not tried.</summary>
    public string? Refused { get; init; }

    /// <summary>Seconds from the end of the refusal until 200; null when it did not come while it was waited for.</summary>
    public double? TrueAfterSeconds { get; init; }

    /// <summary>Answers of an instance that was started while the database refused it, in order and without repeats; null when that was not tried.</summary>
    public IReadOnlyList<string>? StartedRefused { get; init; }
}

/// <summary>The workloads with each of their defects, and without.</summary>
public sealed record DefectsRecord
{
    /// <summary>Every defect that was asked for: all, unless the settings name some.</summary>
    public required IReadOnlyList<string> Known { get; init; }

    /// <summary>The same short battery without a defect: what is red here is red for another reason.</summary>
    public required BatteryRecord Control { get; init; }

    /// <summary>One for each defect that was deployed.</summary>
    public required IReadOnlyList<BatteryRecord> Batteries { get; init; }

    /// <summary>TROUBLESHOOTING.md followed: each entry with its defect, and every entry without one.</summary>
    public IReadOnlyList<TroubleshootingLook> Looks { get; init; } = [];

    /// <summary>Defects whose battery could not be carried out, with the reason.</summary>
    public required IReadOnlyDictionary<string, string> NotCarriedOut { get; init; }
}

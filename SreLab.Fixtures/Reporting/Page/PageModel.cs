using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>Everything that <c>report.html</c> shows: numbers and words, no markup. Times are Unix milliseconds, UTC.</summary>
/// <param name="Run">Which run this is, as names and values.</param>
/// <param name="Title">The run's name.</param>
/// <param name="Promises">Every promise in the order of the stages.</param>
/// <param name="Windows">What ran when: shaded in every chart over time.</param>
/// <param name="Seed">How the database was filled.</param>
/// <param name="Bench">The benchmark's passes.</param>
/// <param name="Faults">Every fault with its incident.</param>
/// <param name="Monitored">What Prometheus recorded.</param>
/// <param name="Alerts">What the alert stage proved.</param>
/// <param name="Notifications">What Alertmanager delivered.</param>
/// <param name="Budgets">Error budgets of the run and of a whole period.</param>
internal sealed record PageModel(
    string Title,
    IReadOnlyList<PageField> Run,
    IReadOnlyList<PagePromise> Promises,
    IReadOnlyList<PageWindow> Windows,
    PagePart<PageSeed> Seed,
    PagePart<IReadOnlyList<PagePass>> Bench,
    PagePart<IReadOnlyList<PageFault>> Faults,
    PagePart<PageMonitored> Monitored,
    PagePart<PageAlerts> Alerts,
    PagePart<IReadOnlyList<PageNotification>> Notifications,
    PageBudgets Budgets);

/// <summary>A part of the page, or why it is not there: one of the two is null.</summary>
/// <typeparam name="T">What the part holds.</typeparam>
/// <param name="Data">The part.</param>
/// <param name="Missing">Why there is none, one clause.</param>
internal sealed record PagePart<T>(T? Data, string? Missing)
    where T : class;

/// <summary>A name with its value.</summary>
internal sealed record PageField(string Name, string Value);

/// <summary>A promise with its verdict: holds, broken or unknown. <paramref name="Group"/> is what it is about, as a heading: a fault, or else its stage.</summary>
internal sealed record PagePromise(
    string Id, string Stage, string Group, string Text, string Verdict, string Summary, string Objective, string Measured, IReadOnlyList<string> Details, double? BudgetSpent);

/// <summary>A stretch of time with a name.</summary>
/// <param name="Kind">pass, fault or quiet.</param>
/// <param name="Name">What it is called.</param>
/// <param name="From">Start.</param>
/// <param name="To">End.</param>
/// <param name="Fault">Id of the fault; null for other kinds.</param>
internal sealed record PageWindow(string Kind, string Name, double From, double To, string? Fault);

/// <summary>Rows, phases and tables of the seed.</summary>
internal sealed record PageSeed(
    long Rows, long RowsAsked, bool WasSeeded, double Seconds, double DatabaseBytes, double PeakResidentBytes, double SecondSeconds, bool SecondSaidUnchanged,
    IReadOnlyList<PhaseRecord> Phases, IReadOnlyList<PageTable> Tables);

/// <summary>A table of the seeded schema.</summary>
internal sealed record PageTable(string Name, long Rows, long Bytes);

/// <summary>One pass of the benchmark; <paramref name="Points"/> are second, TPS, p50, p95 and p99 in milliseconds.</summary>
internal sealed record PagePass(
    string Name, double From, double Seconds, int Clients, double? Rate, long Transactions, double Tps, LatencyRecord Latency, long Errors,
    IReadOnlyList<double?[]> Points);

/// <summary>One fault: when, what, how long writes stopped, and everything that its incident shows.</summary>
internal sealed record PageFault(
    string Id, string Name, string Kind, string Signalled, string Outage, string? Problem, bool IsCensored, double? OutageSeconds, double? OutageFrom, double? OutageTo,
    IReadOnlyList<PhaseRecord> Phases, double? LeaseLeftSeconds, double Injected, double? Healed, string OldPrimary, string NewPrimary, int TimelineBefore, int TimelineAfter,
    PageWrites? Writes, IReadOnlyList<PageEvent> Events, IReadOnlyList<MemberRecord> MembersAfter, IReadOnlyList<PageSpan> Accepted);

/// <summary>What clients saw of one fault.</summary>
/// <param name="Acknowledged">The server said yes.</param>
/// <param name="Refused">The server said no, or was never asked.</param>
/// <param name="Indeterminate">The client never learned.</param>
/// <param name="BinMs">Width of a bin of <paramref name="Bins"/>.</param>
/// <param name="Bins">Around the outage: start, acknowledged, others, worst latency in milliseconds (null without one).</param>
/// <param name="Rate">Over the whole history: start of a second, acknowledged in it, worst latency in milliseconds (null without one).</param>
internal sealed record PageWrites(int Acknowledged, int Refused, int Indeterminate, double BinMs, IReadOnlyList<double?[]> Bins, IReadOnlyList<double?[]> Rate);

/// <summary>Something that happened.</summary>
internal sealed record PageEvent(double At, string What);

/// <summary>A state that lasted.</summary>
/// <param name="Row">Whose.</param>
/// <param name="State">Which.</param>
/// <param name="From">Start.</param>
/// <param name="To">End.</param>
internal sealed record PageSpan(string Row, string State, double From, double To);

/// <summary>A line of a chart: Unix milliseconds and value; null breaks the line.</summary>
internal sealed record PageLine(string Name, IReadOnlyList<double?[]> Points);

/// <summary>What Prometheus recorded over the run.</summary>
internal sealed record PageMonitored(
    double From, double To, double StepSeconds, IReadOnlyList<PageSpan> Roles, IReadOnlyList<PageLine> Lag, IReadOnlyList<PageLine> Transactions,
    IReadOnlyList<PageLine> Cpu, IReadOnlyList<PageSpan> Alerts, IReadOnlyList<string> Absent);

/// <summary>Chains and quiet periods of the alert stage.</summary>
internal sealed record PageAlerts(ChainTerms Terms, int Rules, IReadOnlyList<PageChain> Chains, IReadOnlyList<PageQuiet> Quiet, IReadOnlyList<UncausedRecord> Uncaused);

/// <summary>One alert's chain; steps are seconds since the condition, null when not seen.</summary>
internal sealed record PageChain(
    string Alert, string Verdict, string Severity, string Cause, string Condition, double? At, double? Pending, double? Firing, double? Delivered, double PromisedSeconds,
    double? ConditionGone, double? Resolved, string? Problem);

/// <summary>A quiet period.</summary>
internal sealed record PageQuiet(string Kind, double From, double To, long Operations, int HealthyRules, IReadOnlyList<string> Fired, IReadOnlyList<string> Delivered);

/// <summary>A notification as it arrived.</summary>
internal sealed record PageNotification(double At, string Status, string Row, string Summary);

namespace SreLab.Fixtures.Evidence;

/// <summary>What the alert stage did: quiet periods, and one chain for each alert that was caused.</summary>
public sealed record AlertsRecord
{
    /// <summary>Alerts that this run was asked to prove, by name; every rule there is when it was not narrowed.</summary>
    public required IReadOnlyList<string> Selected { get; init; }

    /// <summary>Every alert rule that the repository ships for this target, by name.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The configured times that a chain's promise is the sum of.</summary>
    public required ChainTerms Terms { get; init; }

    /// <summary>Periods without a fault, in which nothing may fire.</summary>
    public required IReadOnlyList<QuietRecord> Quiet { get; init; }

    /// <summary>One for each alert whose condition was caused, in the order of their conditions.</summary>
    public required IReadOnlyList<AlertChainRecord> Chains { get; init; }

    /// <summary>Alerts whose condition this target or user cannot cause, each with the reason.</summary>
    public required IReadOnlyList<UncausedRecord> Uncaused { get; init; }
}

/// <summary>The configured times of the alert chain, in seconds.</summary>
/// <param name="ScrapeSeconds">Prometheus' scrape interval.</param>
/// <param name="EvaluationSeconds">Its evaluation interval.</param>
/// <param name="GroupWaitSeconds">Alertmanager's wait before the first notification of a group.</param>
/// <param name="GroupIntervalSeconds">Alertmanager's wait before a changed group is notified again; bounds how late a resolution is told.</param>
public sealed record ChainTerms(double ScrapeSeconds, double EvaluationSeconds, double GroupWaitSeconds, double GroupIntervalSeconds)
{
    /// <summary>What a delivery may take beyond the configured sum, seconds: two local calls on a busy machine.</summary>
    public const double SlackSeconds = 0.5;

    /// <summary>From condition to delivery at most, seconds: scrape + evaluation + for + group wait + slack.</summary>
    /// <param name="forSeconds">The rule's <c>for</c>.</param>
    public double PromisedSeconds(double forSeconds) => ScrapeSeconds + EvaluationSeconds + forSeconds + GroupWaitSeconds + SlackSeconds;
}

/// <summary>A period in which the lab was healthy.</summary>
public sealed record QuietRecord
{
    /// <summary><c>idle</c>: no client; <c>loaded</c>: clients at a steady rate.</summary>
    public required string Kind { get; init; }

    /// <summary>Its start.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset EndedUtc { get; init; }

    /// <summary>Operations that clients had acknowledged in it; 0 when idle.</summary>
    public required long Operations { get; init; }

    /// <summary>Rules that Prometheus evaluated without an error at its end.</summary>
    public required int HealthyRules { get; init; }

    /// <summary>Alerts that were firing at any moment of it: name and labels.</summary>
    public required IReadOnlyList<string> Fired { get; init; }

    /// <summary>Notifications that arrived in it: status, name and labels.</summary>
    public required IReadOnlyList<string> Delivered { get; init; }

    /// <summary>Share of the clients' operations that failed, 0 to 1, in the period or as far back as an alert of a budget looks; null where there were none, or it was not counted.</summary>
    public double? FailedRatio { get; init; }

    /// <summary>Share of the acknowledged operations that were slower than their objective, 0 to 1; null for the same reasons.</summary>
    public double? SlowRatio { get; init; }
}

/// <summary>One alert from its condition to its resolution. Times are null for steps that were not seen.</summary>
public sealed record AlertChainRecord
{
    /// <summary>The alert's name.</summary>
    public required string Alert { get; init; }

    /// <summary>page or ticket.</summary>
    public required string Severity { get; init; }

    /// <summary>What was done, one sentence: <c>WAL replay paused on pg-2 while clients wrote</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>What was probed at its source, without Prometheus, to know that the condition held: <c>replay of pg-2 is more than 5 s behind</c>.</summary>
    public required string Condition { get; init; }

    /// <summary>Labels of the instance that was followed.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The rule's <c>for</c>, seconds.</summary>
    public required double ForSeconds { get; init; }

    /// <summary>When the cause was set.</summary>
    public DateTimeOffset? CausedUtc { get; init; }

    /// <summary>The last moment at which the probe did not yet see the condition: the clock of the chain starts here, so the probe's interval counts against us.</summary>
    public DateTimeOffset? ConditionUtc { get; init; }

    /// <summary>Prometheus took it as active.</summary>
    public DateTimeOffset? PendingUtc { get; init; }

    /// <summary>The first evaluation at which it fired.</summary>
    public DateTimeOffset? FiringUtc { get; init; }

    /// <summary>Our receiver had the notification.</summary>
    public DateTimeOffset? DeliveredUtc { get; init; }

    /// <summary>The cause was taken away.</summary>
    public DateTimeOffset? HealedUtc { get; init; }

    /// <summary>The probe saw the condition gone.</summary>
    public DateTimeOffset? ConditionGoneUtc { get; init; }

    /// <summary>Our receiver had the resolution.</summary>
    public DateTimeOffset? ResolvedUtc { get; init; }

    /// <summary>What went wrong on the way, one sentence; null when every step was seen.</summary>
    public string? Problem { get; init; }
}

/// <summary>An alert that could not be caused.</summary>
/// <param name="Alert">Its name.</param>
/// <param name="Reason">Why not, on this target or for this user.</param>
public sealed record UncausedRecord(string Alert, string Reason);

/// <summary>One alert of one notification of Alertmanager's, as it arrived.</summary>
/// <param name="ReceivedUtc">When our receiver had read it.</param>
/// <param name="Status">firing or resolved.</param>
/// <param name="Labels">All labels, <c>alertname</c> and <c>severity</c> among them.</param>
/// <param name="Annotations">summary, description, runbook_url.</param>
/// <param name="StartsAtUtc">Since when it fires, as Prometheus says.</param>
/// <param name="EndsAtUtc">Since when it does not; null while it fires.</param>
public sealed record NotificationRecord(
    DateTimeOffset ReceivedUtc,
    string Status,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAtUtc,
    DateTimeOffset? EndsAtUtc)
{
    /// <summary>Name of the alert.</summary>
    public string Alert => Labels.GetValueOrDefault("alertname", "");
}

/// <summary>Which metrics were scraped from the primary and from a standby, before and after a failover, and which the rules and panels name.</summary>
public sealed record MetricsRecord
{
    /// <summary>Each look: when, and what was there.</summary>
    public required IReadOnlyList<MetricsLook> Looks { get; init; }

    /// <summary>Metrics that rules and dashboards name, each with the files that name it.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Named { get; init; }
}

/// <summary>What Prometheus held at one moment.</summary>
/// <param name="Moment">before-failover or after-failover.</param>
/// <param name="AtUtc">When.</param>
/// <param name="Primary">Name of the primary then.</param>
/// <param name="Members">Metric names by member (<c>edge</c> for what belongs to none).</param>
public sealed record MetricsLook(string Moment, DateTimeOffset AtUtc, string Primary, IReadOnlyDictionary<string, IReadOnlyList<string>> Members);

/// <summary>What every panel's query returned on the live lab.</summary>
/// <param name="Panels">One for each query of each panel.</param>
public sealed record PanelsRecord(IReadOnlyList<PanelRecord> Panels);

/// <summary>One query of one panel.</summary>
/// <param name="Dashboard">File name.</param>
/// <param name="Panel">Title.</param>
/// <param name="Query">As it was sent, variables filled in.</param>
/// <param name="Series">How many series came back with at least one number.</param>
/// <param name="Problem">Prometheus' error; null when it answered.</param>
public sealed record PanelRecord(string Dashboard, string Panel, string Query, int Series, string? Problem);

using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Targets;

/// <summary>A file of the lab's monitoring that can be read and replaced while it runs.</summary>
public enum MonitoringFile
{
    /// <summary>Prometheus' rules: recording rules and alerts.</summary>
    Rules = 0,

    /// <summary>Alertmanager's configuration: who gets which alert.</summary>
    Routes = 1,

    /// <summary>What the PostgreSQL exporters ask beyond their own queries.</summary>
    Queries = 2,
}

/// <summary>The lab's Prometheus, Alertmanager and exporters: asked, and changed.</summary>
public interface ILabMonitoring
{
    /// <summary>The configured times that an alert's promise is the sum of.</summary>
    ChainTerms Terms { get; }

    /// <summary>Where a process of the suite listens while it runs: Alertmanager delivers to <c>/alerts</c>, Prometheus scrapes <c>/metrics</c>.</summary>
    Uri Suite { get; }

    /// <summary>An instant query.</summary>
    /// <param name="query">PromQL.</param>
    /// <param name="at">The moment; null for now.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>Every series of the vector, with one point each.</returns>
    /// <exception cref="Lab.LabException">Prometheus refused the query or did not answer.</exception>
    Task<IReadOnlyList<MetricSeries>> QueryAsync(string query, DateTimeOffset? at, CancellationToken ct);

    /// <summary>A range query.</summary>
    /// <param name="query">PromQL.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">Last moment.</param>
    /// <param name="step">Between two points; at least <c>(to - from) / 11,000</c>, which is Prometheus' own limit.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="Lab.LabException">Prometheus refused the query or did not answer.</exception>
    Task<IReadOnlyList<MetricSeries>> QueryRangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken ct);

    /// <summary>Every rule that Prometheus has loaded, by name, with its health (<c>ok</c>, <c>err</c>, <c>unknown</c>) and last error.</summary>
    Task<IReadOnlyList<LoadedRule>> GetRulesAsync(CancellationToken ct);

    /// <summary>The text of a file as the lab runs with it.</summary>
    Task<string> ReadAsync(MonitoringFile file, CancellationToken ct);

    /// <summary>Replaces a file and makes the programs that read it take it; returns once they have.</summary>
    /// <exception cref="Lab.LabException">The program refused it; the old text is in force again.</exception>
    Task ReplaceAsync(MonitoringFile file, string content, CancellationToken ct);

    /// <summary>How often the lab is looked at: closely while faults and alerts are followed, and otherwise as it is shipped.</summary>
    /// <remarks>A target whose intervals are its owner's keeps them.</remarks>
    /// <param name="closely">Whether <see cref="Terms"/> are as short as the programs allow.</param>
    /// <param name="ct">Cancels the change.</param>
    Task WatchAsync(bool closely, CancellationToken ct) => Task.CompletedTask;

    /// <summary>From now on Prometheus scrapes the suite.</summary>
    Task AnnounceSuiteAsync(CancellationToken ct);

    /// <summary>Prometheus does not scrape the suite any more.</summary>
    Task WithdrawSuiteAsync(CancellationToken ct);

    /// <summary>Notes for the monitoring when the last good backup was finished.</summary>
    /// <param name="finishedUtc">When; null forgets it.</param>
    /// <param name="ct">Cancels the call.</param>
    Task RecordBackupAsync(DateTimeOffset? finishedUtc, CancellationToken ct);
}

/// <summary>A rule as Prometheus runs it.</summary>
/// <param name="Name">Alert or recorded metric.</param>
/// <param name="IsAlert">Whether it is an alert.</param>
/// <param name="Health">ok, err or unknown.</param>
/// <param name="Error">Its last error; empty without one.</param>
public sealed record LoadedRule(string Name, bool IsAlert, string Health, string Error);

/// <summary>One point of a series.</summary>
/// <param name="At">When.</param>
/// <param name="Value">The value; may be NaN or infinite.</param>
public readonly record struct MetricPoint(DateTimeOffset At, double Value);

/// <summary>One series of an answer.</summary>
/// <param name="Labels">Its labels; <c>__name__</c> is there when the query kept it.</param>
/// <param name="Points">Its points, oldest first; at least one.</param>
public sealed record MetricSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<MetricPoint> Points)
{
    /// <summary>A label's value; empty when it has none.</summary>
    public string this[string label] => Labels.GetValueOrDefault(label, "");

    /// <summary>The newest value.</summary>
    public double Latest => Points[^1].Value;
}

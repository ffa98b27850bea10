using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.AlertProofs;

/// <summary>What Prometheus recorded of its own alerts: one sample for each evaluation at which one was pending or firing.</summary>
internal static class AlertSamples
{
    private const string State = "alertstate";

    /// <summary>Alerts that are pending or firing now.</summary>
    public static Task<IReadOnlyList<MetricSeries>> ActiveAsync(ILabMonitoring monitoring, string? alert, CancellationToken ct) =>
        monitoring.QueryAsync(alert is null ? "ALERTS" : $"ALERTS{{alertname=\"{alert}\"}}", null, ct);

    /// <summary>Every alert that fired within a period, as <c>Name{label="value"}</c>.</summary>
    public static async Task<IReadOnlyList<string>> FiredAsync(ILabMonitoring monitoring, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var series = await RawAsync(monitoring, "ALERTS{alertstate=\"firing\"}", from, to, ct);
        return [.. series.Select(s => Describe(s.Labels)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>When an alert with these labels was first active and first firing, by the times of the evaluations.</summary>
    /// <param name="monitoring">The lab's.</param>
    /// <param name="labels">Every label of the alert, as it was delivered.</param>
    /// <param name="from">Samples before this belong to an earlier episode.</param>
    /// <param name="to">Until when.</param>
    /// <param name="ct">Cancels the call.</param>
    public static async Task<(DateTimeOffset? Pending, DateTimeOffset? Firing)> FirstAsync(
        ILabMonitoring monitoring, IReadOnlyDictionary<string, string> labels, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var series = await RawAsync(monitoring, $"ALERTS{{alertname=\"{labels["alertname"]}\"}}", from, to, ct);
        var ours = series.Where(s => labels.All(l => s[l.Key] == l.Value)).ToList();
        DateTimeOffset? First(IEnumerable<MetricSeries> of) => of.SelectMany(s => s.Points).Select(p => (DateTimeOffset?)p.At).Min();
        return (First(ours), First(ours.Where(s => s[State] == "firing")));
    }

    /// <summary>An alert in one line.</summary>
    public static string Describe(IReadOnlyDictionary<string, string> labels) =>
        $"{labels.GetValueOrDefault("alertname", "")}{{{string.Join(", ", labels.Where(l => l.Key is not ("alertname" or State or "__name__")).OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))}}}";

    // A range selector in an instant query gives the samples as they were written, where a range query gives steps of its own.
    private static async Task<IReadOnlyList<MetricSeries>> RawAsync(ILabMonitoring monitoring, string selector, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var milliseconds = Math.Max(1, (long)(to - from).TotalMilliseconds);
        return await monitoring.QueryAsync(FormattableString.Invariant($"{selector}[{milliseconds}ms]"), to, ct);
    }
}

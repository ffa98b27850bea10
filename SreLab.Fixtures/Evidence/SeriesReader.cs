using System.Globalization;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Evidence;

/// <summary>Takes from a lab's Prometheus what the report draws, before the lab ends.</summary>
public static class SeriesReader
{
    /// <summary>Points of a series at most: what a screen can show, and far below Prometheus' own limit.</summary>
    public const int MaximumPoints = 1800;

    private static readonly (string Name, string Query)[] Queries =
    [
        (SeriesNames.IsPrimary, "1 - srelab:postgres_in_recovery"),
        (SeriesNames.ReplicationLagSeconds, "srelab:replication_lag_seconds"),
        (SeriesNames.TransactionsPerSecond, "sum by (cluster) (srelab:transactions:rate30s)"),
        (SeriesNames.CpuBusyRatio, "srelab:cpu_busy:ratio"),

        // Over the step, so that an alert that was active between two points is not overlooked.
        (SeriesNames.Alert, "max_over_time(ALERTS[{step}s])"),
    ];

    /// <summary>Asks for every series over a stretch of time.</summary>
    /// <param name="monitoring">The lab's.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">Last moment.</param>
    /// <param name="ct">Cancels the calls.</param>
    /// <returns>Points of whole seconds, at most <see cref="MaximumPoints"/> a series; a metric that was never recorded has no series.</returns>
    /// <exception cref="Lab.LabException">Prometheus refused a query or did not answer.</exception>
    public static async Task<SeriesRecord> ReadAsync(ILabMonitoring monitoring, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var step = Math.Max(1, Math.Ceiling((to - from).TotalSeconds / (MaximumPoints - 1)));
        List<RecordedSeries> series = [];
        foreach (var (name, query) in Queries)
        {
            var text = query.Replace("{step}", step.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            var answer = await monitoring.QueryRangeAsync(text, from, to, TimeSpan.FromSeconds(step), ct);
            series.AddRange(answer.Select(s => new RecordedSeries(name, s.Labels, [.. s.Points.Select(Point)])));
        }

        return new SeriesRecord(from, to, step, series);
    }

    private static double[] Point(MetricPoint point) => [Math.Round((point.At - DateTimeOffset.UnixEpoch).TotalSeconds, 3), Math.Round(point.Value, 6)];
}

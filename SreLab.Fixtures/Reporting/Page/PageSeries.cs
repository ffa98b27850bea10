using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>What Prometheus recorded: states become spans, numbers lines that break where a point is missing.</summary>
internal static class PageSeries
{
    // A scrape may be late; a gap of more steps than this is an absence.
    private const double GapSteps = 2.5;

    internal static PageMonitored Build(SeriesRecord record)
    {
        var gapMs = GapSteps * record.StepSeconds * 1000;
        return new PageMonitored(
            PageTime.Of(record.FromUtc),
            PageTime.Of(record.ToUtc),
            record.StepSeconds,
            [.. Named(record, SeriesNames.IsPrimary).SelectMany(s => Spans(Who(s), v => v > 0 ? "primary" : "standby", s.Points, gapMs, record.StepSeconds))],
            Lines(record, SeriesNames.ReplicationLagSeconds, gapMs),
            Lines(record, SeriesNames.TransactionsPerSecond, gapMs),
            Lines(record, SeriesNames.CpuBusyRatio, gapMs),
            [.. Named(record, SeriesNames.Alert).SelectMany(s =>
                Spans(AlertRow(s.Labels), _ => s.Labels.GetValueOrDefault("alertstate", "firing"), s.Points, gapMs, record.StepSeconds))],
            [.. new[] { SeriesNames.IsPrimary, SeriesNames.ReplicationLagSeconds, SeriesNames.TransactionsPerSecond, SeriesNames.CpuBusyRatio }
                .Where(n => !Named(record, n).Any())]);
    }

    /// <summary>How an alert's instance is called in a timeline.</summary>
    internal static string AlertRow(IReadOnlyDictionary<string, string> labels)
    {
        var name = labels.GetValueOrDefault("alertname", "unnamed");
        return labels.GetValueOrDefault("member") is { Length: > 0 } member ? $"{name} {member}" : name;
    }

    private static IEnumerable<RecordedSeries> Named(SeriesRecord record, string name) =>
        record.Series.Where(s => s.Name == name && s.Points.Count > 0).OrderBy(Who, StringComparer.Ordinal);

    private static string Who(RecordedSeries series) =>
        series.Labels.GetValueOrDefault("member") ?? series.Labels.GetValueOrDefault("cluster") ?? series.Name;

    private static List<PageLine> Lines(SeriesRecord record, string name, double gapMs) =>
        [.. Named(record, name).Select(s => new PageLine(Who(s), Broken(s.Points, gapMs)))];

    private static List<double?[]> Broken(IReadOnlyList<IReadOnlyList<double>> points, double gapMs)
    {
        List<double?[]> line = [];
        double? before = null;
        foreach (var (at, value) in Moments(points))
        {
            if (before is { } last && at - last > gapMs)
            {
                line.Add([last + 1, null]);
            }

            line.Add([at, PageTime.Number(value)]);
            before = at;
        }

        return line;
    }

    private static List<PageSpan> Spans(string row, Func<double, string> state, IReadOnlyList<IReadOnlyList<double>> points, double gapMs, double stepSeconds)
    {
        List<PageSpan> spans = [];
        foreach (var (at, value) in Moments(points).Where(p => double.IsFinite(p.Value)))
        {
            var now = state(value);
            if (spans.Count > 0 && at - spans[^1].To <= gapMs)
            {
                spans[^1] = spans[^1] with { To = at };
                if (spans[^1].State == now)
                {
                    continue;
                }
            }

            spans.Add(new PageSpan(row, now, at, at));
        }

        // The last point of a state stands for the step that follows it.
        return [.. spans.Select(s => s.To > s.From ? s : s with { To = s.From + stepSeconds * 1000 })];
    }

    private static IEnumerable<(double At, double Value)> Moments(IReadOnlyList<IReadOnlyList<double>> points) =>
        points.Where(p => p.Count == 2).Select(p => (Math.Round(p[0] * 1000), p[1])).OrderBy(p => p.Item1);
}

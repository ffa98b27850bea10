using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting.Charts;

/// <summary>Transactions per second above, 99th percentile below, second by second, the passes one after another.</summary>
internal static class BenchChart
{
    private const int MaximumPoints = 700;
    private static readonly string[] Colours = ["a", "b", "c"];

    /// <summary>The picture; null when no pass left a series.</summary>
    internal static string? Render(RunEvidence evidence)
    {
        var passes = (evidence.Bench?.Passes ?? [])
            .Select(p => (Pass: p, Seconds: Whole(p, BenchSeries.Read(evidence.Store, p))))
            .Where(p => p.Seconds.Count > 0)
            .ToList();
        if (passes.Count == 0)
        {
            return null;
        }

        var total = passes.Sum(p => p.Seconds.Count);
        var width = (int)Math.Ceiling(total / (double)MaximumPoints);
        var series = passes.Select(p => new Series(p.Pass.Name, p.Seconds.Count, Thin(p.Seconds, width))).ToList();

        var svg = new Svg(880, 430, "Benchmark: transactions per second and 99th percentile of latency over time");
        var time = Axis.Span(0, total, 10);
        var throughput = new Panel(70, 58, 790, 150, time, Axis.FromZero(series.Max(s => s.Points.Max(p => p.Tps)), 4));
        var latency = new Panel(70, 228, 790, 150, time, Axis.FromZero(series.Max(s => s.Points.Max(p => p.P99Ms ?? 0)), 4));

        svg.Text(70, 22, "Benchmark: throughput and latency over time", "h");
        if (width > 1)
        {
            svg.Text(860, 22, Invariant($"points of {width} s: mean TPS, worst p99"), "s", "end");
        }

        throughput.Draw(svg, "transactions/s", timeUnit: null);
        latency.Draw(svg, "p99, ms", "seconds of counted load, passes one after another");
        DrawPasses(svg, series, throughput, latency);
        return svg.ToString();
    }

    private static void DrawPasses(Svg svg, List<Series> series, Panel throughput, Panel latency)
    {
        var start = 0.0;
        for (var i = 0; i < series.Count; i++)
        {
            var (name, seconds, points) = series[i];
            var colour = Colours[i % Colours.Length];
            if (i > 0)
            {
                svg.Line(throughput.X(start), 46, throughput.X(start), latency.Bottom, "mark");
            }

            // The legend: a swatch and the name at the head of each pass, on two levels because a short pass is narrow.
            var y = i % 2 == 0 ? 40 : 54;
            svg.Rectangle(throughput.X(start) + 4, y - 8, 10, 8, $"f{colour}");
            svg.Text(throughput.X(start) + 18, y, name, "s");

            svg.Polyline(points.Select(p => (throughput.X(start + p.Second), (double?)throughput.Y(p.Tps))), colour);
            svg.Polyline(points.Select(p => (latency.X(start + p.Second), p.P99Ms is { } ms ? latency.Y(ms) : (double?)null)), colour);
            start += seconds;
        }
    }

    // A last second that was cut short would read as a drop of throughput.
    private static IReadOnlyList<BenchSecond> Whole(BenchPassRecord pass, IReadOnlyList<BenchSecond> seconds) =>
        [.. seconds.Take(Math.Max(1, (int)pass.Seconds))];

    private static List<BenchSecond> Thin(IReadOnlyList<BenchSecond> seconds, int width) =>
        [.. seconds.Chunk(width).Select(c => new BenchSecond(c[0].Second, c.Average(s => s.Tps), c.Max(s => s.P99Ms)))];

    private sealed record Series(string Name, int Seconds, List<BenchSecond> Points);
}

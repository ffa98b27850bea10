using System.Text;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting.Charts;

/// <summary>Writes per bin of time above, their latency below, the fault window shaded and its events marked.</summary>
internal static class FailoverChart
{
    private const double BinMs = 100;
    private const int MaximumBins = 700;
    private const double BeforeMs = 4000;
    private const double AfterMs = 3000;
    private const double Left = 70;
    private const double Width = 790;

    /// <summary>The picture; null when the history is empty.</summary>
    internal static string? Render(FaultReading reading)
    {
        if (reading.History is not { Operations: { Count: > 0 } operations })
        {
            return null;
        }

        var fault = reading.Fault;
        var from = Math.Max(operations.Min(o => o.EndedMs), fault.InjectedMs - BeforeMs);
        var until = operations.Max(o => o.EndedMs);
        var to = Math.Min(Math.Min(until, (fault.HealedMs ?? until) + AfterMs), LongestView(reading, until));
        var bin = BinMs * Math.Max(1, Math.Ceiling((to - from) / BinMs / MaximumBins));
        var bins = FailoverBins.Of(operations, from, to, bin);

        var title = $"{reading.Name}: writes stopped for {reading.Outage}";
        var marks = Marks(reading, to);
        var top = 46.0 + 15 * marks.Count;
        var svg = new Svg(880, (int)top + 395, title);
        var time = Axis.Span((from - fault.InjectedMs) / 1000, (to - fault.InjectedMs) / 1000, 10);
        var acknowledged = new Panel(Left, top, Width, 150, time, Axis.FromZero(Ceiling(bins), 4));
        var latency = new Panel(Left, top + 172, Width, 150, time, Latencies(bins));

        DrawFrame(svg, fault.HealedMs is { } healed ? (healed - fault.InjectedMs) / 1000 : time.Max, title, bin, acknowledged, latency);
        DrawWrites(svg, bins, fault.InjectedMs, bin, acknowledged, latency);
        DrawMarks(svg, marks, acknowledged, latency);
        return svg.ToString();
    }

    // The burst of queued writes right after an outage is many times the steady rate: it is cut off and told as a number.
    private static double Ceiling(IReadOnlyList<FailoverBin> bins)
    {
        var rates = bins.Select(b => b.Acknowledged).Where(a => a > 0).Order().ToArray();
        var peak = bins.Max(b => Math.Max(b.Acknowledged, b.Others));
        return rates.Length == 0 ? peak : Math.Min(peak, 3 * rates[rates.Length / 2]);
    }

    // A heal of minutes (a new base backup) would squeeze the outage into a line: the window then runs out of the picture.
    private static double LongestView(FaultReading reading, double until)
    {
        var resumed = reading.FirstAckMs ?? until;
        return resumed + Math.Max(20_000, 2 * (resumed - reading.Fault.InjectedMs));
    }

    private static Axis Latencies(IReadOnlyList<FailoverBin> bins)
    {
        var acknowledged = bins.Where(b => b.Acknowledged > 0).ToList();
        return acknowledged.Count == 0 ? Axis.Logarithmic(1, 10) : Axis.Logarithmic(acknowledged.Min(b => b.BestMs), acknowledged.Max(b => b.WorstMs));
    }

    private static void DrawFrame(Svg svg, double healedSeconds, string title, double bin, Panel acknowledged, Panel latency)
    {
        svg.Text(Left, 22, title, "h");
        svg.Rectangle(acknowledged.X(0), acknowledged.Top, acknowledged.X(healedSeconds) - acknowledged.X(0), latency.Bottom - acknowledged.Top, "window");
        acknowledged.Draw(svg, Invariant($"writes per {bin:0} ms"), timeUnit: null);
        latency.Draw(svg, "latency, ms (log)", "seconds since the fault was injected");

        var y = latency.Bottom + 58;
        Legend(svg, Left, y, "fa", "acknowledged");
        Legend(svg, Left + 130, y, "fx", "refused or indeterminate");
        Legend(svg, Left + 320, y, "fb", "latency from the scheduled start, best to worst");
        Legend(svg, Left + 620, y, "window", "injected to healed");
    }

    private static void Legend(Svg svg, double x, double y, string style, string text)
    {
        svg.Rectangle(x, y - 9, 12, 10, style);
        svg.Text(x + 17, y, text, "s");
    }

    private static void DrawWrites(Svg svg, IReadOnlyList<FailoverBin> bins, double zeroMs, double bin, Panel acknowledged, Panel latency)
    {
        svg.Path(Steps(bins, b => b.Acknowledged, zeroMs, bin, acknowledged), "fa");
        svg.Path(Steps(bins, b => b.Others, zeroMs, bin, acknowledged), "fx");
        if (bins.MaxBy(b => b.Acknowledged) is { } peak && peak.Acknowledged > acknowledged.Vertical.Max)
        {
            var last = bins.Last(b => b.Acknowledged > acknowledged.Vertical.Max);
            svg.Text(acknowledged.X((last.StartMs + bin - zeroMs) / 1000) + 8, acknowledged.Top + 12, Invariant($"peak {peak.Acknowledged}"), "s");
        }

        var strokes = new StringBuilder();
        foreach (var b in bins.Where(b => b.Acknowledged > 0))
        {
            var (worst, best) = (latency.Y(b.WorstMs), latency.Y(b.BestMs));
            strokes.Append(Invariant($"M{Svg.N(latency.X((b.StartMs + bin / 2 - zeroMs) / 1000))} {Svg.N(worst)}V{Svg.N(Math.Max(best, worst + 1.5))}"));
        }

        svg.Path(strokes.ToString(), "line b");
    }

    private static string Steps(IReadOnlyList<FailoverBin> bins, Func<FailoverBin, int> count, double zeroMs, double bin, Panel panel)
    {
        var path = new StringBuilder();
        var open = false;
        foreach (var b in bins)
        {
            var value = count(b);
            if (value > 0)
            {
                path.Append(open ? "" : Invariant($"M{Svg.N(panel.X((b.StartMs - zeroMs) / 1000))} {Svg.N(panel.Bottom)}"));
                path.Append(Invariant($"V{Svg.N(panel.Y(value))}H{Svg.N(panel.X((b.StartMs + bin - zeroMs) / 1000))}"));
            }
            else if (open)
            {
                path.Append(Invariant($"V{Svg.N(panel.Bottom)}Z"));
            }

            open = value > 0;
        }

        return open ? path.Append(Invariant($"V{Svg.N(panel.Bottom)}Z")).ToString() : path.ToString();
    }

    private static List<(double Seconds, string Text)> Marks(FaultReading reading, double to)
    {
        var fault = reading.Fault;
        (double? AtMs, string What)[] known =
        [
            (fault.InjectedMs, "injected"),
            (fault.NewLeaderMs, $"new leader {fault.NewPrimary}"),
            (fault.PromotedMs, "promoted"),
            (reading.FirstAckMs, "first acknowledgement"),
            (fault.HealedMs, "healed"),
        ];
        return [.. known.Where(k => k.AtMs is not null).OrderBy(k => k.AtMs)
            .Select(k => ((k.AtMs!.Value - fault.InjectedMs) / 1000, $"{k.What} {Figures.Offset(k.AtMs.Value - fault.InjectedMs)}{(k.AtMs > to ? " (beyond)" : "")}"))];
    }

    // One level a label: events of a fast failover are closer together than their words are wide.
    private static void DrawMarks(Svg svg, List<(double Seconds, string Text)> marks, Panel upper, Panel lower)
    {
        for (var i = 0; i < marks.Count; i++)
        {
            var x = upper.X(marks[i].Seconds);
            var y = 44 + 15 * i;
            var right = x > Left + Width * 0.7;
            svg.Line(x, y - 8, x, lower.Bottom, "mark");
            svg.Text(right ? x - 5 : x + 5, y, marks[i].Text, "s", right ? "end" : "start");
        }
    }
}

using System.Globalization;
using SreLab.Fixtures.Checkers;

namespace SreLab.Fixtures.Comparisons;

/// <summary>Ours beside a peer, measured in one run on one machine, interleaved A B B A.</summary>
/// <remarks>
/// The order puts two measurements of the same side next to each other again and again: their ratio is the A/A control,
/// what this machine calls "no difference" today. Where the control strays by more than half of the margin to the goal,
/// the comparison is inconclusive, whatever the ratio says.
/// </remarks>
/// <param name="What">What is compared.</param>
/// <param name="Unit">Unit of the measurements.</param>
/// <param name="Ours">Our measurements, in order.</param>
/// <param name="Peer">The peer's, in order, as many.</param>
/// <param name="Goal">The ratio ours / peer to reach.</param>
/// <param name="LowerIsBetter">Whether the ratio must stay at or below the goal; else at or above it.</param>
public sealed record Comparison(string What, string Unit, IReadOnlyList<double> Ours, IReadOnlyList<double> Peer, double Goal, bool LowerIsBetter)
{
    /// <summary>The fault whose outage is compared; null for other comparisons.</summary>
    public string? Fault { get; init; }

    /// <summary>The middle of our measurements.</summary>
    public double OursMedian => MedianOf(Ours);

    /// <summary>The middle of the peer's.</summary>
    public double PeerMedian => MedianOf(Peer);

    /// <summary>Ours over peer, pair by pair.</summary>
    public IReadOnlyList<double> Ratios => [.. Ours.Zip(Peer, (a, b) => a / b)];

    /// <summary>The middle ratio.</summary>
    public double Median => MedianOf(Ratios);

    /// <summary>The worst ratio.</summary>
    public double Worst => LowerIsBetter ? Ratios.Max() : Ratios.Min();

    /// <summary>A/A control: neighbours of the same side, larger over smaller; 1 is no noise. Empty with fewer than two pairs.</summary>
    public IReadOnlyList<double> Control =>
    [
        .. Enumerable.Range(0, Math.Max(0, Ours.Count - 1)).Select(i =>
        {
            // Pair i ends with the side with which pair i + 1 begins.
            var side = i % 2 == 0 ? Peer : Ours;
            return Math.Max(side[i], side[i + 1]) / Math.Min(side[i], side[i + 1]);
        }),
    ];

    /// <summary>Whether the goal is reached, missed, or drowned in noise.</summary>
    public VerdictKind Kind
    {
        get
        {
            if (Control.Count == 0)
            {
                return VerdictKind.Unknown;
            }

            var reached = LowerIsBetter ? Median <= Goal : Median >= Goal;
            var noise = MedianOf(Control) - 1;

            // A side that measured nothing gives ratios that are no numbers; those decide nothing.
            return !double.IsFinite(Median) || !double.IsFinite(noise) || noise > Math.Abs((Median / Goal) - 1) / 2 ? VerdictKind.Unknown
                : reached ? VerdictKind.Holds
                : VerdictKind.Broken;
        }
    }

    /// <summary>The comparison as a row of a Markdown table.</summary>
    public string ToRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {What} | {OursMedian:0.###} {Unit} | {PeerMedian:0.###} {Unit} | {Median:0.00} | {Worst:0.00} | {(LowerIsBetter ? "<=" : ">=")} {Goal:0.00} | {(Control.Count > 0 ? $"{MedianOf(Control):0.00} (worst {Control.Max():0.00})" : "none")} | {Ours.Count} | {Word} |");

    /// <summary>Heading of that table.</summary>
    public static string Heading =>
        "| what | ours, median | peer, median | ratio, median | ratio, worst | goal | A/A control | pairs | verdict |\n|---|---|---|---|---|---|---|---|---|";

    /// <summary>Measures both sides in the order A B B A A B B A …</summary>
    /// <param name="pairs">How many of each.</param>
    /// <param name="ours">Measures ours once.</param>
    /// <param name="peer">Measures the peer once.</param>
    public static async Task<(IReadOnlyList<double> Ours, IReadOnlyList<double> Peer)> InterleaveAsync(
        int pairs, Func<Task<double>> ours, Func<Task<double>> peer)
    {
        List<double> a = [], b = [];
        for (var i = 0; i < pairs; i++)
        {
            if (i % 2 == 0)
            {
                a.Add(await ours());
                b.Add(await peer());
            }
            else
            {
                b.Add(await peer());
                a.Add(await ours());
            }
        }

        return (a, b);
    }

    /// <summary>Whether the goal is reached, in a word.</summary>
    public string Word => Kind switch
    {
        VerdictKind.Holds => "reached",
        VerdictKind.Broken => "missed",
        _ => "inconclusive",
    };

    private static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

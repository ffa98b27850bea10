using System.Globalization;
using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Workloads.Telemetry;

/// <summary>One sample of a program's metrics.</summary>
/// <param name="Name">The metric; of a histogram with <c>_bucket</c>, <c>_sum</c> or <c>_count</c>.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value; may be NaN or infinite.</param>
public sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>A label's value; empty when it has none.</summary>
    public string this[string label] => Labels.GetValueOrDefault(label, "");
}

/// <summary>What a program told about itself at one moment, in Prometheus' text format 0.0.4.</summary>
/// <param name="Samples">In the order of the text.</param>
public sealed partial record MetricsText(IReadOnlyList<MetricSample> Samples)
{
    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">A line is neither a comment nor a sample.</exception>
    public static MetricsText Parse(string text) => new([.. text.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(Read)]);

    /// <summary>The sum of a metric over the samples that are wanted; null when there is none.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="isWanted">Which; null for all.</param>
    public double? Sum(string name, Func<MetricSample, bool>? isWanted = null)
    {
        var wanted = Samples.Where(s => s.Name == name && isWanted?.Invoke(s) is null or true).ToArray();
        return wanted.Length == 0 ? null : wanted.Sum(s => s.Value);
    }

    private static MetricSample Read(string line)
    {
        var match = Sample().Match(line);
        if (!match.Success)
        {
            throw new FormatException($"no sample of a metric: {line}");
        }

        var labels = Label().Matches(match.Groups["labels"].Value).ToDictionary(l => l.Groups["name"].Value, l => Unescaped(l.Groups["value"].Value), StringComparer.Ordinal);
        return new MetricSample(match.Groups["name"].Value, labels, Number(match.Groups["value"].Value));
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Unescaped(string text) => Escape().Replace(text, m => m.Value == "\\n" ? "\n" : m.Value[1..]);

    [GeneratedRegex(@"^(?<name>[A-Za-z_:][\w:]*)(\{(?<labels>(\s*[A-Za-z_]\w*=""([^""\\]|\\.)*""\s*,?)*)\})?\s+(?<value>[^\s]+)(\s+-?\d+)?\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Sample();

    [GeneratedRegex(@"(?<name>[A-Za-z_]\w*)=""(?<value>([^""\\]|\\.)*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}

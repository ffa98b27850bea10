using System.Globalization;
using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>One sample of Prometheus' text format.</summary>
internal sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>Reads Prometheus' text format, version 0.0.4, line by line; a line that is none of it is an error.</summary>
internal sealed partial class PrometheusText
{
    private PrometheusText(IReadOnlyList<MetricSample> samples, IReadOnlySet<string> names)
    {
        Samples = samples;
        Names = names;
    }

    /// <summary>Every sample.</summary>
    public IReadOnlyList<MetricSample> Samples { get; }

    /// <summary>Names of the metrics that are declared (<c># TYPE</c>) or have a sample.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Reads a scrape.</summary>
    /// <exception cref="FormatException">A line is neither a comment nor a sample; the message shows it.</exception>
    public static PrometheusText Parse(string text)
    {
        var samples = new List<MetricSample>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0))
        {
            if (line[0] == '#')
            {
                var words = line.Split(' ');
                if (words is ["#", "TYPE", var declared, ..])
                {
                    names.Add(declared);
                }

                continue;
            }

            var sample = ParseSample(line);
            samples.Add(sample);
            names.Add(sample.Name);
        }

        return new PrometheusText(samples, names);
    }

    /// <summary>Sum of a metric's samples with these labels; null when there is none.</summary>
    public double? Sum(string name, params (string Label, string Value)[] labels)
    {
        var ours = Samples.Where(s => s.Name == name && labels.All(l => s.Labels.GetValueOrDefault(l.Label) == l.Value)).ToList();
        return ours.Count == 0 ? null : ours.Sum(s => s.Value);
    }

    private static MetricSample ParseSample(string line)
    {
        var match = Sample().Match(line);
        if (!match.Success || !TryValue(match.Groups["value"].Value, out var value))
        {
            throw new FormatException($"not a sample: {line}");
        }

        var labels = Label().Matches(match.Groups["labels"].Value)
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparer.Ordinal);
        return new MetricSample(match.Groups["name"].Value, labels, value);
    }

    private static bool TryValue(string text, out double value)
    {
        (var isKnown, value) = text switch
        {
            "+Inf" => (true, double.PositiveInfinity),
            "-Inf" => (true, double.NegativeInfinity),
            "NaN" => (true, double.NaN),
            _ => (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number), number),
        };
        return isKnown;
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="(\\.|[^"\\])*",?)*)\})? (?<value>\S+)( -?\d+)?$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:\\.|[^"\\])*)"[,]?""")]
    private static partial Regex Label();
}

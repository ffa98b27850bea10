using System.Globalization;
using System.Text;

namespace SreLab.Workloads.ServiceDefaults.Metrics;

/// <summary>Prometheus' text format 0.0.4.</summary>
public static class PrometheusText
{
    /// <summary>What the answer is declared as.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes all metrics as they are now.</summary>
    /// <param name="metrics">The metrics.</param>
    public static string Write(IEnumerable<IMetric> metrics)
    {
        var text = new StringBuilder(8192);
        foreach (var metric in metrics)
        {
            text.Append("# HELP ").Append(metric.Name).Append(' ').Append(Escaped(metric.Help)).Append('\n');
            text.Append("# TYPE ").Append(metric.Name).Append(' ').Append(metric.Type).Append('\n');
            foreach (var sample in metric.Samples())
            {
                Write(text, sample);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, Sample sample)
    {
        text.Append(sample.Name);
        if (sample.Labels.Count > 0)
        {
            text.Append('{').AppendJoin(',', sample.Labels.Select(l => $"{l.Key}=\"{Escaped(l.Value).Replace("\"", "\\\"", StringComparison.Ordinal)}\"")).Append('}');
        }

        text.Append(' ').Append(Number(sample.Value)).Append('\n');
    }

    private static string Escaped(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}

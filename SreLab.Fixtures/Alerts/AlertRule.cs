using System.Globalization;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Lab;
using YamlDotNet.Serialization;

namespace SreLab.Fixtures.Alerts;

/// <summary>An alert rule as its file says.</summary>
/// <param name="Name">Name of the alert.</param>
/// <param name="Severity">page: somebody must act now; ticket: somebody must act in working hours.</param>
/// <param name="Expression">PromQL.</param>
/// <param name="For">How long the expression must hold before it fires.</param>
/// <param name="Labels">Labels that the rule adds.</param>
/// <param name="Annotations">summary, description, runbook_url.</param>
/// <param name="File">The file that holds it.</param>
public sealed partial record AlertRule(
    string Name,
    string Severity,
    string Expression,
    TimeSpan For,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    string File)
{
    /// <summary>Every alert that a lab of minutes runs with, by name: one file each, and the burn-rate alerts with short windows.</summary>
    /// <exception cref="LabException">A file is no rule file, or a rule lacks a field.</exception>
    public static IReadOnlyList<AlertRule> LoadAll(ObservabilityFiles files) =>
        [.. files.AlertRules.Append(files.RunSloRules).Where(System.IO.File.Exists).SelectMany(Load).OrderBy(r => r.Name, StringComparer.Ordinal)];

    /// <summary>The alerts of one file; recording rules in it are passed over.</summary>
    /// <exception cref="LabException">It is no rule file, or a rule lacks a field.</exception>
    public static IReadOnlyList<AlertRule> Load(string file)
    {
        try
        {
            var document = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<RuleDocument>(System.IO.File.ReadAllText(file));
            return
            [
                .. document.groups.SelectMany(g => g.rules).Where(r => r.alert.Length > 0).Select(r => new AlertRule(
                    r.alert, r.labels.GetValueOrDefault("severity", ""), r.expr.Trim(), ParseDuration(r.@for), r.labels, r.annotations, file)),
            ];
        }
        catch (Exception e) when (e is YamlDotNet.Core.YamlException or FormatException or NullReferenceException)
        {
            throw new LabException($"rules unreadable: {file}: {e.Message}\n  check        promtool check rules {file}", e);
        }
    }

    /// <summary>A duration as Prometheus writes it: <c>1h30m</c>, <c>5s</c>, <c>2500ms</c>; empty is zero.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan ParseDuration(string text)
    {
        var total = TimeSpan.Zero;
        var parts = DurationPart().Matches(text);
        if (string.Concat(parts.Select(p => p.Value)) != text)
        {
            throw new FormatException($"'{text}' is no duration");
        }

        foreach (Match part in parts)
        {
            var number = long.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture);
            total += part.Groups[2].Value switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                "d" => TimeSpan.FromDays(number),
                _ => TimeSpan.FromDays(7 * number),
            };
        }

        return total;
    }

    [GeneratedRegex(@"(\d+)(ms|[smhdw])")]
    private static partial Regex DurationPart();

#pragma warning disable IDE1006, CA1812, SA1300 // Names and setters as the file format has them.
    private sealed class RuleDocument
    {
        public List<RuleGroup> groups { get; set; } = [];
    }

    private sealed class RuleGroup
    {
        public List<RuleEntry> rules { get; set; } = [];
    }

    private sealed class RuleEntry
    {
        public string alert { get; set; } = "";

        public string expr { get; set; } = "";

        public string @for { get; set; } = "";

        public Dictionary<string, string> labels { get; set; } = [];

        public Dictionary<string, string> annotations { get; set; } = [];
    }
#pragma warning restore IDE1006, CA1812, SA1300
}

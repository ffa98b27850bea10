using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Alerts;

/// <summary>Fills the variables of a dashboard's queries as Grafana does.</summary>
public static partial class DashboardVariables
{
    /// <summary>The PromQL that tells the values of a query variable; the values are those of its one label.</summary>
    /// <param name="query"><c>label_values(selector, label)</c>.</param>
    /// <returns>The expression and the label.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static (string Expression, string Label) ValuesOf(string query) => LabelValues().Match(query) is { Success: true } match
        ? ($"group by ({match.Groups["label"].Value}) ({match.Groups["selector"].Value})", match.Groups["label"].Value)
        : throw new FormatException($"no label_values(selector, label): {query}");

    /// <summary>Puts values in the place of <c>$name</c>, <c>${name}</c> and <c>${name:format}</c>.</summary>
    /// <exception cref="FormatException">A variable has no value.</exception>
    public static string Fill(string query, IReadOnlyDictionary<string, string> values) => Variable().Replace(query, match =>
        values.TryGetValue(match.Groups["name"].Value, out var value) ? value : throw new FormatException($"{match.Value} has no value in: {query}"));

    /// <summary>Several values as Grafana writes them into a pattern.</summary>
    public static string AnyOf(IEnumerable<string> values) => "(" + string.Join('|', values.Select(v => Regex.Escape(v).Replace(@"\", @"\\", StringComparison.Ordinal))) + ")";

    [GeneratedRegex(@"^\s*label_values\(\s*(?<selector>.+?)\s*,\s*(?<label>[A-Za-z_]\w*)\s*\)\s*$", RegexOptions.Singleline)]
    private static partial Regex LabelValues();

    // $1 belongs to label_replace.
    [GeneratedRegex(@"\$(?:(?<name>[A-Za-z_]\w*)|\{(?<name>\w+)(?::\w+)?\})")]
    private static partial Regex Variable();
}

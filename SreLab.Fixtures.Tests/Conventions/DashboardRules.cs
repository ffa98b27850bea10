using System.Text.RegularExpressions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>What a dashboard owes its reader; each breach as one sentence.</summary>
/// <param name="panels">What each of its panels owes.</param>
internal sealed partial class DashboardRules(PanelRules panels)
{
    private const int CurrentSchema = 39;
    private const int Columns = 24;

    private static readonly string[] BuiltIn = ["__rate_interval", "__interval", "__range", "__range_s"];

    public IReadOnlyList<string> Problems(Dashboard dashboard) =>
    [
        .. Identity(dashboard).Concat(Variables(dashboard)).Concat(Layout(dashboard)).Select(p => $"{dashboard.File}: {p}"),
        .. dashboard.Panels.Where(p => !p.IsRow).SelectMany(panel => panels.Problems(panel).Select(p => $"{dashboard.File}, {panel.Title}: {p}")),
        .. dashboard.Annotations.SelectMany(panels.OfQuery).Select(p => $"{dashboard.File}, an annotation: {p}"),
    ];

    private static IEnumerable<string> Identity(Dashboard dashboard)
    {
        if (dashboard.Uid != "srelab-" + Path.GetFileNameWithoutExtension(dashboard.File))
        {
            yield return $"uid '{dashboard.Uid}' is not srelab- and its file's name; links to it would break";
        }

        if (dashboard.SchemaVersion < CurrentSchema)
        {
            yield return $"schema version {dashboard.SchemaVersion} is older than {CurrentSchema}";
        }

        if (!dashboard.Title.StartsWith("SreLab / ", StringComparison.Ordinal))
        {
            yield return $"title '{dashboard.Title}' does not begin with SreLab /";
        }

        if (!dashboard.Annotations.Any(a => a.Expression.Contains("ALERTS{", StringComparison.Ordinal)))
        {
            yield return "firing alerts are not marked";
        }

        if (!dashboard.Annotations.Any(a => a.Expression.Contains(FaultWindows.Series, StringComparison.Ordinal)))
        {
            yield return "fault windows are not marked";
        }

        if (!dashboard.Links.Any(l => l.EndsWith("docs/runbooks/README.md", StringComparison.Ordinal)))
        {
            yield return "no link to the runbooks";
        }
    }

    private static IEnumerable<string> Variables(Dashboard dashboard)
    {
        var texts = dashboard.Panels.SelectMany(p => p.Queries).Concat(dashboard.Annotations).Select(q => q.Expression)
            .Concat(dashboard.Variables.Select(v => v.Query)).ToArray();
        var used = texts.SelectMany(t => Variable().Matches(t).Select(m => m.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);
        if (!dashboard.Variables.Any(v => v is { Name: "datasource", Type: "datasource", Query: "prometheus" }))
        {
            yield return "no variable for the data source";
        }

        foreach (var variable in dashboard.Variables.Where(v => v.Type == "query"))
        {
            if (variable.DataSource != PanelRules.DataSource)
            {
                yield return $"variable ${variable.Name} asks '{variable.DataSource}'";
            }

            if (!used.Contains(variable.Name))
            {
                yield return $"variable ${variable.Name} changes nothing";
            }
        }

        foreach (var unknown in used.Except(dashboard.Variables.Select(v => v.Name)).Except(BuiltIn))
        {
            yield return $"${unknown} is no variable";
        }
    }

    private static IEnumerable<string> Layout(Dashboard dashboard)
    {
        foreach (var group in dashboard.Panels.GroupBy(p => p.Id).Where(g => g.Count() > 1))
        {
            yield return $"id {group.Key} is used {group.Count()} times";
        }

        foreach (var group in dashboard.Panels.GroupBy(p => p.Title).Where(g => g.Count() > 1))
        {
            yield return $"'{group.Key}' is the title of {group.Count()} panels";
        }

        var panels = dashboard.Panels;
        foreach (var panel in panels.Where(p => p.Place is not { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 } || p.Place.X + p.Place.Width > Columns))
        {
            yield return $"'{panel.Title}' lies outside of {Columns} columns";
        }

        foreach (var (one, other) in panels.SelectMany((one, index) => panels.Skip(index + 1).Select(other => (one, other))).Where(p => p.one.Place.Overlaps(p.other.Place)))
        {
            yield return $"'{one.Title}' covers '{other.Title}'";
        }
    }

    [GeneratedRegex(@"\$\{?(?<name>[A-Za-z_]\w*)")]
    private static partial Regex Variable();
}

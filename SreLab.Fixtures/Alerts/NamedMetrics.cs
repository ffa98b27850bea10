using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Alerts;

/// <summary>Every metric that the rules and dashboards name, and who names it.</summary>
/// <remarks>
/// Recorded metrics, and what alerts read, are needed each by itself. What a recording rule or a panel reads is needed as far as
/// it has no other branch: such a choice, between exporters or windows, is one entry, its names joined by <see cref="Or"/>.
/// </remarks>
public static class NamedMetrics
{
    /// <summary>Joins the names of a choice.</summary>
    public const string Or = " or ";

    /// <summary>Names or choices, each with the files that name it, relative to the repository.</summary>
    /// <exception cref="LabException">A file cannot be read, or an expression in it is no PromQL.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> In(ObservabilityFiles files)
    {
        var named = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        void Add(string name, string file)
        {
            named.TryAdd(name, new SortedSet<string>(StringComparer.Ordinal));
            named[name].Add(Path.GetRelativePath(files.RepositoryRoot, file).Replace('\\', '/'));
        }

        foreach (var rule in RuleExpression.LoadAll(files))
        {
            foreach (var name in OfRule(rule))
            {
                Add(name, rule.File);
            }
        }

        foreach (var (file, dashboard) in files.Dashboards.Select(f => (f, Dashboard.Load(f))))
        {
            foreach (var name in OfDashboard(dashboard))
            {
                Add(name, file);
            }
        }

        return named.ToDictionary(n => n.Key, IReadOnlyList<string> (n) => [.. n.Value], StringComparer.Ordinal);
    }

    /// <summary>What a rule needs.</summary>
    /// <exception cref="LabException">Its expression is no PromQL.</exception>
    public static IEnumerable<string> OfRule(RuleExpression rule) => rule.IsAlert
        ? Read(rule.File, rule.Name, rule.Expression, MetricNames.In)
        : Read(rule.File, rule.Name, rule.Expression, Choices).Append(rule.Name);

    /// <summary>What panels, variables and annotations of a dashboard read.</summary>
    /// <exception cref="LabException">A query is no PromQL.</exception>
    public static IEnumerable<string> OfDashboard(Dashboard dashboard) =>
    [
        .. dashboard.Panels.SelectMany(p => p.Queries.SelectMany(q => Read(dashboard.File, p.Title, q.Expression, Choices))),
        .. dashboard.Annotations.SelectMany(a => Read(dashboard.File, "an annotation", a.Expression, MetricNames.In)),
        .. dashboard.Variables.Where(v => v.Type == "query")
            .SelectMany(v => Read(dashboard.File, $"variable ${v.Name}", v.Query, q => MetricNames.In(DashboardVariables.ValuesOf(q).Expression))),
    ];

    private static IReadOnlyList<string> Choices(string expression) => [.. MetricNames.NeedsOf(expression).Select(choice => string.Join(Or, choice))];

    private static IReadOnlyList<string> Read(string file, string place, string expression, Func<string, IReadOnlyList<string>> read)
    {
        try
        {
            return read(expression);
        }
        catch (FormatException e)
        {
            throw new LabException($"metrics unreadable: {Path.GetFileName(file)}, {place}: {e.Message}", e);
        }
    }
}

using System.Text.RegularExpressions;
using SreLab.Fixtures.Alerts;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>What a panel owes its reader; each breach as one sentence.</summary>
/// <param name="recorded">Metrics that rule files record.</param>
/// <param name="limits">Alerts by name, each with the limit of its expression where it has one.</param>
internal sealed partial class PanelRules(IReadOnlySet<string> recorded, IReadOnlyDictionary<string, double?> limits)
{
    public const string DataSource = "${datasource}";

    private static readonly string[] Units = ["short", "none", "s", "bytes", "Bps", "ops", "percentunit"];

    public IEnumerable<string> Problems(DashboardPanel panel)
    {
        if (panel.Title.Length == 0 || !panel.Description.EndsWith('.'))
        {
            yield return "no title, or no sentence that describes it";
        }

        if (!Units.Contains(panel.Unit))
        {
            yield return $"unit '{panel.Unit}' is none of {string.Join(' ', Units)}";
        }

        if (panel.DataSource != DataSource)
        {
            yield return $"it asks '{panel.DataSource}'";
        }

        if (panel.Queries.Count == 0)
        {
            yield return "it asks nothing";
        }

        foreach (var problem in panel.Queries.SelectMany(OfQuery))
        {
            yield return problem;
        }

        if (panel.Type is "timeseries" or "state-timeline" && panel.Queries.Any(q => q.Legend.Length == 0))
        {
            yield return "a series without a name";
        }

        foreach (var link in panel.Links)
        {
            var alert = Path.GetFileNameWithoutExtension(link);
            if (!limits.TryGetValue(alert, out var limit))
            {
                yield return $"it links to the runbook of {alert}, which is no alert";
            }
            else if (limit is { } value && panel.Type != "state-timeline" && SharesUnit(panel, value) && !panel.Thresholds.Contains(value))
            {
                yield return FormattableString.Invariant($"{alert} fires at {value}, the colours change at {string.Join(' ', panel.Thresholds)}");
            }
        }
    }

    /// <summary>A panel without a limit of its own only leads to the runbook.</summary>
    private static bool SharesUnit(DashboardPanel panel, double limit) => panel.Thresholds.Count > 0 && limit > 1 == panel.Thresholds.Any(t => t > 1);

    public IEnumerable<string> OfQuery(DashboardQuery query)
    {
        if (query.DataSource != DataSource)
        {
            yield return $"a query asks '{query.DataSource}'";
        }

        if (Fixed().Match(query.Expression) is { Success: true } match)
        {
            yield return $"'{match.Value}' is true of one lab alone: {query.Expression}";
        }

        IReadOnlyList<string> metrics = [];
        var problem = "";
        try
        {
            metrics = MetricNames.In(query.Expression);
        }
        catch (FormatException e)
        {
            problem = e.Message;
        }

        if (metrics.Count == 0)
        {
            yield return $"a query names no metric {problem}: {query.Expression}";
        }

        foreach (var metric in metrics)
        {
            if (metric.StartsWith("srelab:", StringComparison.Ordinal) && !recorded.Contains(metric))
            {
                yield return $"no rule records {metric}";
            }

            if (Regex.IsMatch(query.Expression, $@"(?<![\w:]){Regex.Escape(metric)}(?![\w:])(?!\{{[^}}]*cluster=""\$cluster"")"))
            {
                yield return $"{metric} is read of every cluster: {query.Expression}";
            }
        }
    }

    [GeneratedRegex(@"\bpg-\d|\d+\.\d+\.\d+\.\d+|localhost|\binstance\s*=|""srelab""")]
    private static partial Regex Fixed();
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Alerts;

/// <summary>Asks the lab's Prometheus what each panel of each dashboard asks.</summary>
public static class PanelCheck
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Marks are of single events, which are as old as what was done to the lab.</summary>
    private static readonly TimeSpan MarksWindow = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>Runs every query once, over the last 5 minutes as a person would open the dashboard; an instant query for what shows the newest value alone.</summary>
    /// <param name="monitoring">The lab's monitoring; the lab should have had load for at least a minute.</param>
    /// <param name="files">Where the dashboards are.</param>
    /// <param name="ct">Cancels the queries.</param>
    /// <returns>One record for each query of each panel, and one for each query variable, named <c>variable $name</c>, and one for each annotation.</returns>
    /// <exception cref="LabException">A file is no dashboard.</exception>
    public static async Task<PanelsRecord> RunAsync(ILabMonitoring monitoring, ObservabilityFiles files, CancellationToken ct)
    {
        var now = DateTimeOffset.UtcNow;
        var records = new List<PanelRecord>();
        foreach (var dashboard in Dashboard.LoadAll(files))
        {
            var values = BuiltIn(monitoring.Terms);
            foreach (var variable in dashboard.Variables.Where(v => v.Type == "query"))
            {
                records.Add(await FillAsync(monitoring, dashboard, variable, values, ct));
            }

            foreach (var mark in dashboard.Annotations)
            {
                records.Add(await AskAsync(monitoring, dashboard.File, $"annotation {mark.Legend}", mark, values, (now - MarksWindow, now), ct));
            }

            foreach (var panel in dashboard.Panels)
            {
                foreach (var query in panel.Queries)
                {
                    records.Add(await AskAsync(monitoring, dashboard.File, panel.Title, query, values, (now - Window, now), ct));
                }
            }
        }

        return new PanelsRecord(records);
    }

    /// <summary>What Grafana derives from the time range and the scrape interval.</summary>
    private static Dictionary<string, string> BuiltIn(ChainTerms terms)
    {
        // The rate interval is at least four scrapes, and one scrape more than the step.
        var rate = Math.Max(4 * terms.ScrapeSeconds, Step.TotalSeconds + terms.ScrapeSeconds);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__interval"] = Seconds(Step.TotalSeconds),
            ["__rate_interval"] = Seconds(rate),
            ["__range"] = Seconds(Window.TotalSeconds),
            ["__range_s"] = FormattableString.Invariant($"{Window.TotalSeconds}"),
        };
    }

    private static async Task<PanelRecord> FillAsync(
        ILabMonitoring monitoring, Dashboard dashboard, DashboardVariable variable, Dictionary<string, string> values, CancellationToken ct)
    {
        var query = variable.Query;
        try
        {
            (query, var label) = DashboardVariables.ValuesOf(DashboardVariables.Fill(variable.Query, values));
            var found = (await monitoring.QueryAsync(query, null, ct)).Select(s => s[label]).Where(v => v.Length > 0).Order(StringComparer.Ordinal).ToArray();
            values[variable.Name] = found.Length == 1 ? found[0] : DashboardVariables.AnyOf(found);
            return new PanelRecord(dashboard.File, $"variable ${variable.Name}", query, found.Length, null);
        }
        catch (Exception e) when (e is LabException or FormatException)
        {
            return new PanelRecord(dashboard.File, $"variable ${variable.Name}", query, 0, e.Message);
        }
    }

    private static async Task<PanelRecord> AskAsync(
        ILabMonitoring monitoring, string dashboard, string panel, DashboardQuery query, Dictionary<string, string> values, (DateTimeOffset From, DateTimeOffset To) range, CancellationToken ct)
    {
        var asked = query.Expression;
        try
        {
            asked = DashboardVariables.Fill(query.Expression, values);
            var series = query.IsInstant
                ? await monitoring.QueryAsync(asked, range.To, ct)
                : await monitoring.QueryRangeAsync(asked, range.From, range.To, Step, ct);
            return new PanelRecord(dashboard, panel, asked, series.Count(s => s.Points.Any(p => double.IsFinite(p.Value))), null);
        }
        catch (Exception e) when (e is LabException or FormatException)
        {
            return new PanelRecord(dashboard, panel, asked, 0, e.Message);
        }
    }

    private static string Seconds(double seconds) => FormattableString.Invariant($"{seconds}s");
}

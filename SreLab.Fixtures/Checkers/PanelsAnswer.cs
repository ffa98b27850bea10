using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>dashboards-answer: every query of every panel returns data from the live lab.</summary>
public static class PanelsAnswer
{
    private const string Promise = "dashboards-answer";
    private const string Objective = "every query returns data";

    /// <summary>Judges what the queries returned.</summary>
    /// <param name="record">What was asked; null or nothing asked is unknown.</param>
    public static Verdict Check(PanelsRecord? record)
    {
        if (record is null || record.Panels.Count == 0)
        {
            return Verdict.Unknown($"{Promise} unknown: no dashboard was tried on the lab", Objective);
        }

        var asked = record.Panels.Count;
        var dashboards = record.Panels.Select(p => p.Dashboard).Distinct(StringComparer.Ordinal).Count();
        var bad = record.Panels.Where(p => p.Problem is not null || (p.Series == 0 && !QuietPanels.Listed.ContainsKey((p.Dashboard, p.Panel)))).ToArray();
        var quiet = record.Panels.Count(p => p.Problem is null && p.Series == 0) - bad.Count(p => p.Problem is null);
        var measured = $"{asked - bad.Length} of {asked} queries";
        var details = bad.Select(p => $"{p.Dashboard}, {p.Panel}: {(p.Problem is { } problem ? FirstLine(problem) : "no data")}; asked {p.Query}").ToArray();
        return bad.Length == 0
            ? Verdict.Holds(
                $"{Promise} holds: {asked - quiet} queries of {dashboards} dashboards returned data{(quiet > 0 ? $", {quiet} are rightly empty" : "")}", Objective, measured)
            : Verdict.Broken($"{Promise} broken: {bad.Length} of {asked} queries returned nothing; first: {bad[0].Dashboard}, {bad[0].Panel}", Objective, measured, details);
    }

    private static string FirstLine(string text) => text.Split('\n')[0];
}

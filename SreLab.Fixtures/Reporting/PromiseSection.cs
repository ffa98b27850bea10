using System.Text;
using SreLab.Fixtures.Checkers;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>The summary table: worst first; what holds and is no headline shares one line, so that the page stays a page.</summary>
internal static class PromiseSection
{
    private const int MaximumRows = 23;

    internal static void Append(StringBuilder page, IReadOnlyList<PromiseVerdict> verdicts)
    {
        page.Append("\n## Promises\n");
        if (verdicts.Count == 0)
        {
            page.Append("Unknown: no promise was judged.\n");
            return;
        }

        var ordered = verdicts.OrderBy(v => Badness(v.Verdict.Kind)).ThenByDescending(v => v.Verdict.BudgetSpent ?? -1).ToList();
        var rows = ordered.Where(v => v.Verdict.Kind != VerdictKind.Holds || (v.IsHeadline && v.Verdict.Objective.Length > 0)).Take(MaximumRows).ToList();
        var table = new MarkdownTable("promise", "objective>", "measured>", "verdict", "budget spent>");
        foreach (var row in rows)
        {
            table.Row(Name(row), row.Verdict.Objective, Measured(row.Verdict), Word(row.Verdict.Kind), row.Verdict.BudgetSpent is { } spent ? Figures.Share(spent) : "");
        }

        if (rows.Count > 0)
        {
            page.Append(table);
        }

        AppendRest(page, ordered.Except(rows).ToList());
    }

    private static void AppendRest(StringBuilder page, List<PromiseVerdict> rest)
    {
        foreach (var group in rest.GroupBy(v => v.Verdict.Kind))
        {
            page.Append(Invariant($"\n{(group.Key == VerdictKind.Holds ? "Hold as well" : $"Also {Word(group.Key)}")} ({group.Count()}): {string.Join(", ", Names(group))}.\n"));
        }
    }

    // What is promised of a fault is promised of each: the fault's name and a number say it.
    private static IEnumerable<string> Names(IEnumerable<PromiseVerdict> promises) => promises.GroupBy(p => p.Subject ?? p.Id)
        .Select(g => g.First().Subject is { } fault && g.Count() > 1 ? Invariant($"{g.Count()} of `{fault}`") : $"`{g.First().Id}`");

    private static string Name(PromiseVerdict promise) => $"{promise.Text} (`{promise.Id}`)";

    private static string Measured(Verdict verdict) => verdict.Kind switch
    {
        VerdictKind.Unknown => $"unknown: {verdict.Summary}",
        VerdictKind.Broken when verdict.Measured.Length == 0 => verdict.Summary,
        _ => verdict.Measured,
    };

    private static int Badness(VerdictKind kind) => kind switch
    {
        VerdictKind.Broken => 0,
        VerdictKind.Unknown => 1,
        VerdictKind.Slow => 2,
        _ => 3,
    };

    private static string Word(VerdictKind kind) => kind switch
    {
        VerdictKind.Broken => "**broken**",
        VerdictKind.Unknown => "**unknown**",
        VerdictKind.Slow => "slow",
        _ => "holds",
    };
}

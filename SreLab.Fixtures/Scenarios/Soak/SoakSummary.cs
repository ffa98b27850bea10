using System.Text;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Reporting;
using static System.FormattableString;

namespace SreLab.Fixtures.Scenarios.Soak;

/// <summary>A soak on one page: verdict, bound, faults by kind, and how to repeat it.</summary>
public static class SoakSummary
{
    /// <summary>Writes the page.</summary>
    public static string Write(SoakRecord soak)
    {
        var page = new StringBuilder();
        var survived = soak.Steps.Where(s => s.Failure is null && s.Stops is null).ToList();
        var unknown = soak.Steps.Where(s => s.Verdicts.Values.Any(v => v.Kind == VerdictKind.Unknown)).ToList();
        var late = soak.Steps.Where(s => s.Verdicts.TryGetValue(SoakStepRecord.Outage, out var o) && o.Kind == VerdictKind.Broken).ToList();
        page.Append(Invariant($"# Soak of {soak.Planned} faults, seed {soak.Seed}\n\n"));
        page.Append(Verdict(soak, survived.Count, unknown.Count, late.Count)).Append("\n\n");
        var acknowledged = soak.Steps.Sum(s => (long)s.Acknowledged);
        page.Append(Invariant($"{acknowledged:N0} writes were acknowledged. {soak.Ledger?.Summary ?? "The ledger was not read back at the end."}\n"));
        page.Append(LossBound.Describe(survived.Count, soak.Steps.Count(LostWrites))).Append("\n\n");

        var table = new MarkdownTable("fault", "survived>", "worst outage>", "median>", "limit kept>", "took over>");
        foreach (var kind in soak.Steps.GroupBy(s => s.Second is null ? s.Kind : $"{s.Kind} with {s.Second}").OrderByDescending(Worst))
        {
            var outages = kind.Where(s => s.OutageSeconds is not null).OrderBy(s => s.OutageSeconds).ToList();
            table.Row(
                kind.Key,
                Invariant($"{kind.Count(s => s.Stops is null)} of {kind.Count()}"),
                outages.Count == 0 ? "unknown" : Text(outages[^1]),
                outages.Count == 0 ? "unknown" : Text(outages[outages.Count / 2]),
                Invariant($"{kind.Count(s => s.Verdicts.TryGetValue(SoakStepRecord.Outage, out var o) && o.Kind == VerdictKind.Holds)} of {kind.Count()}"),
                Invariant($"{kind.Count(s => s.TookOver)}"));
        }

        page.Append(table);
        foreach (var step in soak.Steps.Where(s => s.Failure is not null || s.Verdicts.Values.Any(v => v.Kind != VerdictKind.Holds)))
        {
            page.Append(Invariant($"\n- fault {step.Number}, {step.Kind}: {step.Failure?.Split('\n')[0] ?? string.Join(" ", step.Verdicts.Values.Where(v => v.Kind != VerdictKind.Holds).Select(v => v.Summary))}"));
        }

        page.Append(Invariant($"\n\nThe same sequence again, with the same moments and victims: `make soak FAULTS={soak.Planned} SEED={soak.Seed}{(soak.Only.Count > 0 ? $" ONLY={string.Join(',', soak.Only)}" : "")}`. In order: {string.Join(", ", soak.Steps.Select(s => s.Second is null ? s.Kind : $"{s.Kind}+{s.Second}"))}.\n"));
        return page.ToString();
    }

    private static string Verdict(SoakRecord soak, int survived, int unknown, int late)
    {
        var notes = (unknown > 0 ? Invariant($", {unknown} with something unknown") : "") + (late > 0 ? Invariant($", {late} with an outage beyond its limit") : "");
        return soak.Stopped is { } reason
            ? Invariant($"**Not survived: {reason}.** {survived} of {soak.Planned} faults before it were{notes}.")
            : unknown > 0
                ? Invariant($"**Unknown.** {survived} of {soak.Planned} faults left everything whole{notes}.")
                : Invariant($"**Survived {survived} of {soak.Planned} faults**{notes}.");
    }

    private static bool LostWrites(SoakStepRecord step) => step.Verdicts.TryGetValue("durability", out var durability) && durability.Kind == VerdictKind.Broken;

    private static double Worst(IEnumerable<SoakStepRecord> steps) => steps.Max(s => s.IsCensored ? double.MaxValue : s.OutageSeconds ?? double.MaxValue);

    private static string Text(SoakStepRecord step) => Invariant($"{(step.IsCensored ? ">= " : "")}{step.OutageSeconds:0.00} s");
}

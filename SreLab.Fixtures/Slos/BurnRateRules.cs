using System.Globalization;
using static System.FormattableString;

namespace SreLab.Fixtures.Slos;

/// <summary>The burn-rate rules that the objectives ask for: text from objectives, nothing else.</summary>
/// <remarks>One group: what an alert reads was recorded in the same evaluation. Windows are those of Google's SRE workbook.</remarks>
public static class BurnRateRules
{
    /// <summary>Where every alert's runbook lies.</summary>
    private const string Runbooks = "https://github.com/srelab/srelab/blob/main/docs/runbooks/";

    /// <summary>Name of an alert: <c>LatencyBudgetBurnPage</c>.</summary>
    private static string AlertName(ServiceLevel level, string severity) => $"{level.Title}BudgetBurn{char.ToUpperInvariant(severity[0])}{severity[1..]}";

    /// <summary>Rules for a lab of minutes.</summary>
    public static string Run(Objectives objectives) => Render(objectives, objectives.ServiceLevels.RunDivisor, "run", "1s");

    /// <summary>Rules for the whole period.</summary>
    public static string Month(Objectives objectives) => Render(objectives, 1, "30d", null);

    private static string Render(Objectives objectives, int divisor, string name, string? interval)
    {
        var slo = objectives.ServiceLevels;
        var period = slo.Period(divisor);
        var text = new RuleText(Head(slo, divisor, period), $"srelab-slo-{name}", interval);
        foreach (var level in ServiceLevel.All(objectives))
        {
            text.Comment($"{level.Name}: {level.Sentence}.");
            AppendRecords(text, level, slo, divisor, period);
        }

        ServerLevelRules.Append(text, [.. Longs(slo, divisor)]);
        text.Comment("Each alert is true while one of its pairs of windows burns: the long window shows that it matters, the short one that it goes on.");
        foreach (var level in ServiceLevel.All(objectives))
        {
            foreach (var severity in BurnRatePair.Severities)
            {
                AppendAlert(text, level, severity, slo, divisor, period);
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Head(ServiceLevelObjectives slo, int divisor, TimeSpan period)
    {
        yield return "Generated from slos.json by: make rules. Change that file, not this one.";
        yield return divisor == 1
            ? Invariant($"Windows for a period of {RuleWindow.Words(period)}.")
            : Invariant($"Windows for a lab of minutes: those of {slo.PeriodDays} d divided by {divisor}, so a period of {RuleWindow.Words(period)}. It must be scraped every second.");
    }

    private static void AppendRecords(RuleText text, ServiceLevel level, ServiceLevelObjectives slo, int divisor, TimeSpan period)
    {
        var longs = Longs(slo, divisor).ToList();
        var windows = longs.Concat(slo.BurnRates.Select(p => p.Short / divisor)).Distinct().Order().ToList();
        windows.ForEach(w => text.Record(level.RatioName(w), level.Ratio(w)));
        windows.ForEach(w => text.Record(BurnName(w), [$"{level.RatioName(w)} / {Number(level.Budget)}"], ("slo", level.Name)));
        longs.ForEach(w => text.Record(level.OperationsName(w), level.Operations(w)));
        text.Record(
            "srelab:error_budget_remaining:ratio",
            ["1 - (", .. level.Ratio(period).Select(l => $"  {l}"), $") / {Number(level.Budget)}"],
            ("slo", level.Name),
            ("period", RuleWindow.Name(period)));
    }

    private static void AppendAlert(RuleText text, ServiceLevel level, string severity, ServiceLevelObjectives slo, int divisor, TimeSpan period)
    {
        var pairs = slo.BurnRates.Where(p => p.Severity == severity).ToList();
        List<string> expression = [];
        foreach (var pair in pairs)
        {
            expression.AddRange(expression.Count == 0 ? [] : ["or on (cluster)"]);
            expression.AddRange(
            [
                "(",
                Burning(level, pair.Long / divisor, pair.Factor),
                "  and on (cluster)",
                Burning(level, pair.Short / divisor, pair.Factor),
                "  and on (cluster)",
                Invariant($"    {level.OperationsName(pair.Long / divisor)} >= {slo.MinimumOperations}"),
                ")",
            ]);
        }

        var burns = pairs.Select(p => Invariant($"{Number(p.Factor)} over {RuleWindow.Words(p.Long / divisor)} and {RuleWindow.Words(p.Short / divisor)}"));
        var shares = pairs.Select(p => Invariant($"{p.Factor * p.Long.Ticks / slo.Period(1).Ticks * 100:0.#} % of it in {RuleWindow.Words(p.Long / divisor)}"));
        var name = AlertName(level, severity);
        text.Alert(
            name,
            expression,
            [("severity", severity), ("slo", level.Name), ("period", RuleWindow.Name(period))],
            [
                ("summary", $"Operations on {{{{ $labels.cluster }}}} {level.Breach} {{{{ printf \"%.1f\" $value }}}} times as often as the objective allows"),
                ("description",
                    $"{level.Sentence} over {RuleWindow.Words(period)}. The error budget burns faster than {string.Join(", or ", burns)}. That spends at least {string.Join(", or ", shares)}."),
                ("runbook_url", $"{Runbooks}{name}.md"),
            ]);
    }

    private static string Burning(ServiceLevel level, TimeSpan window, decimal factor) =>
        $"    {BurnName(window)}{{slo=\"{level.Name}\"}} > {Number(factor)}";

    private static string BurnName(TimeSpan window) => $"srelab:burn_rate:{RuleWindow.Name(window)}";

    private static IEnumerable<TimeSpan> Longs(ServiceLevelObjectives slo, int divisor) => slo.BurnRates.Select(p => p.Long / divisor).Distinct().Order();

    private static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}

using System.Text;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>The error budgets of the healthy run, and what each kind of fault takes from those of a whole period.</summary>
internal static class SloSection
{
    private const int KindsShown = 3;

    internal static void Append(StringBuilder page, RunEvidence evidence, IReadOnlyList<FaultReading> readings, Objectives objectives)
    {
        page.Append("\n## Error budgets\n");
        if (objectives.Replaced.Count > 0)
        {
            page.Append($"Objectives of TARGET={evidence.Run?.Target} in place of the defaults: {string.Join(", ", objectives.Replaced)}.\n\n");
        }

        var slo = objectives.ServiceLevels;
        var availability = evidence.Bench is null ? null : ErrorBudget.Availability(evidence.Bench, objectives);
        var latency = ErrorBudget.Latency(evidence.Bench, objectives);
        page.Append("Benchmark: ")
            .Append(Describe(availability, $"availability ({AvailabilityObjective(objectives)})", evidence))
            .Append("; ")
            .Append(Describe(latency, $"latency ({LatencyObjective(objectives)})", evidence))
            .Append(".\n");
        var costs = readings.Select(r => r.History).OfType<FaultHistory>().Where(h => h.Operations.Count > 0)
            .GroupBy(h => h.Record.Kind, h => FaultCost.Of(h, objectives)).ToList();
        page.Append(costs.Count == 0
            ? $"What faults cost is unknown: {(readings.Count == 0 ? evidence.WhyMissing(EvidenceFiles.Failover) : "no history can be read")}.\n"
            : $"Share that one fault takes of the availability budget of {slo.PeriodDays} d, at the ledger's rate: {string.Join("; ", costs.OrderByDescending(k => k.Max(c => c.ShareOfPeriod)).Take(KindsShown).Select(Describe))}{(costs.Count > KindsShown ? Invariant($"; {costs.Count - KindsShown} kinds cost less") : "")}.{Together(costs)}\n");
    }

    /// <summary>The availability objective in words.</summary>
    internal static string AvailabilityObjective(Objectives objectives) => $"{Percent(1 - objectives.BenchErrorRatio)} succeed";

    /// <summary>The latency objective in words.</summary>
    internal static string LatencyObjective(Objectives objectives) =>
        Invariant($"{Percent(1 - objectives.ServiceLevels.SlowRatio)} within {objectives.BenchLatencyP99Ms:0.###} ms");

    private static string Describe(BudgetUse? use, string level, RunEvidence evidence) => use switch
    {
        { Spent: { } spent } when spent < 1 => $"{Used(use, level)}, {Figures.Share(1 - spent)} left",
        { Spent: { } spent } => $"{Used(use, level)}, {Figures.Share(spent)} spent",
        _ => $"{level} unknown: {(evidence.Bench is null ? evidence.WhyMissing(EvidenceFiles.Bench) : "the record does not count them")}",
    };

    private static string Used(BudgetUse use, string level) =>
        $"{level} {Figures.Count(use.Bad)} bad of {Figures.Count(use.Allowed)} allowed in {Figures.Count(use.Operations)} operations";

    private static string Describe(IGrouping<string, FaultCost> kind)
    {
        var worst = kind.MaxBy(c => c.ShareOfPeriod)!;
        return $"{worst.Fault} {Figures.Share(worst.ShareOfPeriod)} ({Figures.Count(worst.Availability.Bad)} of {Figures.Count(worst.Availability.Operations)} writes bad, "
            + $"{Figures.Count(worst.Latency.Bad)} slow; burn rate up to {Figures.Plain(worst.PeakBurnRate)}){(kind.Count() > 1 ? $", the worst of {kind.Count()}" : "")}";
    }

    private static string Together(List<IGrouping<string, FaultCost>> costs) =>
        costs.Sum(k => k.Count()) is var all and > 1 ? $" All {all} together: {Figures.Share(costs.Sum(k => k.Sum(c => c.ShareOfPeriod)))}." : "";

    private static string Percent(decimal ratio) => Invariant($"{ratio * 100:0.####} %");
}

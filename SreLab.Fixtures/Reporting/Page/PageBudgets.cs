using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>What the healthy run used of its error budgets, and what each fault takes from that of a whole period.</summary>
/// <param name="PeriodDays">Days of a period.</param>
/// <param name="Levels">The service levels of the benchmark.</param>
/// <param name="Faults">Every fault whose history can be read.</param>
internal sealed record PageBudgets(int PeriodDays, IReadOnlyList<PageBudget> Levels, IReadOnlyList<PageFaultCost> Faults)
{
    internal static PageBudgets Build(RunEvidence evidence, IReadOnlyList<FaultReading> readings, Objectives objectives)
    {
        var slo = objectives.ServiceLevels;
        return new PageBudgets(
            slo.PeriodDays,
            [
                Level("availability", SloSection.AvailabilityObjective(objectives), evidence.Bench is null ? null : ErrorBudget.Availability(evidence.Bench, objectives), evidence),
                Level("latency", SloSection.LatencyObjective(objectives), ErrorBudget.Latency(evidence.Bench, objectives), evidence),
            ],
            [.. readings.Select(r => r.History).OfType<FaultHistory>().Where(h => h.Operations.Count > 0).Select(h => Cost(FaultCost.Of(h, objectives)))]);
    }

    private static PageBudget Level(string name, string objective, BudgetUse? use, RunEvidence evidence) => use is { Spent: { } spent }
        ? new PageBudget(name, objective, use.Operations, use.Allowed, use.Bad, PageTime.Number(spent, 4), null)
        : new PageBudget(name, objective, 0, 0, 0, null, evidence.Bench is null ? evidence.WhyMissing(EvidenceFiles.Bench) : "the record does not count them");

    private static PageFaultCost Cost(FaultCost cost) => new(
        cost.Fault, cost.Availability.Bad, cost.Availability.Operations, cost.Latency.Bad, PageTime.Number(cost.ShareOfPeriod, 6), PageTime.Number(cost.PeakBurnRate, 1));
}

/// <summary>The budget of one service level; <paramref name="Spent"/> 1 = all of it, null with the reason in <paramref name="Missing"/>.</summary>
internal sealed record PageBudget(string Level, string Objective, long Operations, long Allowed, long Bad, double? Spent, string? Missing);

/// <summary>What one fault cost the ledger's writers.</summary>
internal sealed record PageFaultCost(string Fault, long Bad, long Operations, long Slow, double? ShareOfPeriod, double? PeakBurnRate);

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>error-budget-bench: what the healthy run used of the budgets that its service levels allow it.</summary>
/// <remarks>
/// N operations of the closed and the open loop allow ratio × N bad ones. Availability counts every way to fail; latency counts what
/// succeeded and took longer than its objective. The percentile of <see cref="BenchLatency"/> is judged by pass, a budget over both.
/// </remarks>
public static class ErrorBudget
{
    private const string Promise = "error-budget-bench";

    private static readonly string[] Loops = [BenchPasses.ClosedLoop, BenchPasses.OpenLoop];

    /// <summary>Judges the benchmark.</summary>
    /// <returns>Broken when a budget is spent; unknown when a pass is missing, broke off or did not count, or made too few operations.</returns>
    public static Verdict Check(BenchRecord? record, Objectives objectives)
    {
        var objective = FormattableString.Invariant(
            $"< {objectives.BenchErrorRatio:0.####%} failed, < {objectives.ServiceLevels.SlowRatio:0.####%} over {objectives.BenchLatencyP99Ms:0.###} ms");
        var availability = Availability(record, objectives);
        BudgetUse[] uses = Latency(record, objectives) is { } latency ? [availability, latency] : [availability];
        var measured = string.Join(", ", uses.Select(u => u.Describe()));
        var spent = uses.Max(u => u.Spent);
        if (availability.Operations < objectives.ServiceLevels.MinimumOperations)
        {
            var reason = Missing(record)
                ?? FormattableString.Invariant($"{availability.Operations:N0} operations were made; {objectives.ServiceLevels.MinimumOperations:N0} are needed to speak of a budget");
            return Verdict.Unknown($"{Promise} unknown: {reason}", objective);
        }

        var verdict = availability.Spent >= 1
            ? Verdict.Broken($"{Promise} broken: {measured}", objective, measured, BenchPasses.Troubles(record!, Loops))
            : spent >= 1
            ? Verdict.Late($"{Promise} broken: {measured}", objective, measured, BenchPasses.Troubles(record!, Loops))
            : WhyIncomplete(record!, uses) is { } why
                ? Verdict.Unknown($"{Promise} unknown: {why}; so far {measured}", objective, measured)
                : Verdict.Holds($"{Promise} holds: {measured}", objective, measured);
        return verdict with { BudgetSpent = spent };
    }

    /// <summary>Failed over all operations of both loops.</summary>
    public static BudgetUse Availability(BenchRecord? record, Objectives objectives)
    {
        var failed = Passes(record).Sum(p => p.Errors.Total);
        return new BudgetUse("availability", objectives.BenchErrorRatio, Passes(record).Sum(p => p.Transactions) + failed, failed);
    }

    /// <summary>Slow over all successful operations of both loops; null when a pass did not count them against today's objective.</summary>
    public static BudgetUse? Latency(BenchRecord? record, Objectives objectives)
    {
        var passes = Passes(record);
        return passes.Count > 0 && passes.All(p => p.Slow?.ThanMs == objectives.BenchLatencyP99Ms)
            ? new BudgetUse("latency", objectives.ServiceLevels.SlowRatio, passes.Sum(p => p.Transactions), passes.Sum(p => p.Slow!.Transactions))
            : null;
    }

    private static List<BenchPassRecord> Passes(BenchRecord? record) => [.. Loops.Select(name => BenchPasses.Find(record, name)).OfType<BenchPassRecord>()];

    private static string? WhyIncomplete(BenchRecord record, BudgetUse[] uses) =>
        Missing(record) is { } missing ? missing
        : Passes(record).FirstOrDefault(p => p.Errors.ExitCode != 0) is { } broken ? $"pgbench did not finish the {broken.Name} pass"
        : uses.Length < 2 ? "slow operations were not counted against today's objective, repeat with: make bench"
        : null;

    private static string? Missing(BenchRecord? record) =>
        BenchPasses.Missing(record, Promise, Loops)?.Summary.Replace($"{Promise} unknown: ", "", StringComparison.Ordinal);
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>bench-error-ratio: operations that did not succeed, over all operations of the closed and the open loop.</summary>
/// <remarks>The same ratio is the run's error budget: N operations allow k = ratio × N failures, m were used.</remarks>
public static class BenchErrors
{
    private const string Promise = "bench-error-ratio";

    /// <summary>Judges the benchmark; a pass that pgbench did not finish is never a pass that held.</summary>
    public static Verdict Check(BenchRecord? record, Objectives objectives)
    {
        string[] names = [BenchPasses.ClosedLoop, BenchPasses.OpenLoop];
        var limit = FormattableString.Invariant($"< {objectives.BenchErrorRatio:0.####%}");
        var passes = names.Select(name => BenchPasses.Find(record, name)).OfType<BenchPassRecord>().ToList();
        var transactions = passes.Sum(pass => pass.Transactions);
        var failures = passes.Sum(pass => pass.Errors.Total);
        var operations = transactions + failures;
        var missing = BenchPasses.Missing(record, Promise, names);
        if (operations == 0 || (missing is not null && failures == 0))
        {
            return (missing ?? Verdict.Unknown($"{Promise} unknown: no operation was made")) with { Objective = limit };
        }

        var allowed = objectives.BenchErrorRatio * operations;
        var ratio = (decimal)failures / operations;
        var measured = FormattableString.Invariant($"{ratio:0.####%} ({failures:N0} of {operations:N0})");
        IReadOnlyList<string> details =
        [
            FormattableString.Invariant($"budget: {operations:N0} operations allow {Math.Floor(allowed):N0} failures; {failures:N0} were used"),
            .. BenchPasses.Troubles(record!, names),
        ];
        var verdict = ratio >= objectives.BenchErrorRatio
            ? Verdict.Broken($"{Promise} broken: {measured} operations failed; the objective is {limit}", limit, measured, details)
            : missing is not null || passes.Any(pass => pass.Errors.ExitCode != 0)
                ? Verdict.Unknown($"{Promise} unknown: pgbench did not finish every pass; {measured} operations are known to have failed", limit, measured, details)
                : Verdict.Holds($"{Promise} holds: {measured} operations failed; the objective is {limit}", limit, measured, details);
        return verdict with { BudgetSpent = allowed > 0 ? (double)(failures / allowed) : null };
    }
}

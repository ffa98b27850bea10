using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>bench-integrity: what was counted from the raw logs agrees with itself and with what pgbench said.</summary>
public static class BenchIntegrity
{
    private const string Promise = "bench-integrity";
    private const long LeastTransactions = 1000;
    private const double LatencyTolerance = 0.01;

    /// <summary>pgbench prints milliseconds with three digits: below that a difference is rounding.</summary>
    private const double PrintedMs = 0.001;

    /// <summary>Judges every pass of the benchmark; needs the closed and the open loop.</summary>
    /// <param name="record">The benchmark; null is unknown.</param>
    /// <param name="objectives">Not used: a miscount has no budget.</param>
    public static Verdict Check(BenchRecord? record, Objectives objectives)
    {
        _ = objectives;
        if (BenchPasses.Missing(record, Promise, BenchPasses.ClosedLoop, BenchPasses.OpenLoop) is { } missing)
        {
            return missing with { Objective = Objective };
        }

        var wrong = record!.Passes.SelectMany(Contradictions).ToList();
        if (wrong.Count > 0)
        {
            return Verdict.Broken($"{Promise} broken: {wrong[0]}", Objective, $"{wrong.Count} contradictions", wrong);
        }

        var unproven = record.Passes.SelectMany(Gaps).ToList();
        var transactions = record.Passes.Sum(pass => pass.Transactions);
        return unproven.Count > 0
            ? Verdict.Unknown($"{Promise} unknown: {unproven[0]}", Objective, $"{unproven.Count} gaps", unproven)
            : Verdict.Holds(
                FormattableString.Invariant($"{Promise} holds: {transactions:N0} counted transactions agree with what pgbench said"),
                Objective,
                FormattableString.Invariant($"{transactions:N0} transactions in {record.Passes.Count} passes"));
    }

    private const string Objective = "counts equal, averages within 1 %";

    private static IEnumerable<string> Contradictions(BenchPassRecord pass)
    {
        if (pass.Latency.Count != pass.Transactions)
        {
            yield return FormattableString.Invariant($"{pass.Name}: {pass.Latency.Count:N0} latencies for {pass.Transactions:N0} transactions");
        }

        var ofScripts = pass.Scripts.Sum(script => script.Transactions);
        if (ofScripts != pass.Transactions)
        {
            yield return FormattableString.Invariant($"{pass.Name}: the scripts have {ofScripts:N0} transactions, the pass has {pass.Transactions:N0}");
        }

        if (pass.LoggedTransactions is { } logged)
        {
            if (pass.Transactions > logged)
            {
                yield return FormattableString.Invariant($"{pass.Name}: {pass.Transactions:N0} counted, {logged:N0} in the logs with the warm-up");
            }

            if (pass.PgbenchSaid.TryGetValue("transactions", out var said) && said != logged)
            {
                yield return FormattableString.Invariant($"{pass.Name}: {logged:N0} transactions in the logs, pgbench said {said:N0}");
            }
        }

        if (pass.LoggedAverageMs is { } average && pass.PgbenchSaid.TryGetValue("latency_average_ms", out var saidAverage)
            && Math.Abs(average - saidAverage) > Math.Max(saidAverage * LatencyTolerance, PrintedMs))
        {
            yield return FormattableString.Invariant($"{pass.Name}: the logs average {average:0.000} ms, pgbench said {saidAverage:0.000} ms");
        }
    }

    private static IEnumerable<string> Gaps(BenchPassRecord pass)
    {
        if (pass.Transactions < LeastTransactions)
        {
            yield return FormattableString.Invariant($"{pass.Name}: {pass.Transactions:N0} transactions; {LeastTransactions:N0} are needed for the result to mean anything");
        }

        if (pass.LoggedTransactions is null || pass.LoggedAverageMs is null)
        {
            yield return $"{pass.Name}: the totals of the raw logs were not recorded";
        }

        if (!pass.PgbenchSaid.ContainsKey("transactions") || !pass.PgbenchSaid.ContainsKey("latency_average_ms"))
        {
            yield return $"{pass.Name}: pgbench printed no summary; it ended with exit code {pass.Errors.ExitCode}";
        }
    }
}

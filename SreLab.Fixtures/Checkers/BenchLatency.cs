using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>bench-latency-p99: the 99th percentile of the closed loop and of the open loop.</summary>
/// <remarks>
/// Only transactions that ended have a latency. When more than 1 % of all operations never did, the 99th percentile of
/// what the clients asked for has no finite value, whatever the survivors' is: broken.
/// </remarks>
public static class BenchLatency
{
    private const string Promise = "bench-latency-p99";

    /// <summary>With fewer samples the 99th percentile is nothing but the worst of them.</summary>
    private const int LeastSamples = 100;

    /// <summary>Judges the benchmark; unknown without both passes.</summary>
    public static Verdict Check(BenchRecord? record, Objectives objectives)
    {
        if (BenchPasses.Missing(record, Promise, BenchPasses.ClosedLoop, BenchPasses.OpenLoop) is { } missing)
        {
            return missing with { Objective = Limit(objectives) };
        }

        BenchPassRecord[] passes = [BenchPasses.Find(record, BenchPasses.ClosedLoop)!, BenchPasses.Find(record, BenchPasses.OpenLoop)!];
        var verdicts = passes.OrderByDescending(pass => pass.Latency.P99).Select(pass => Check(pass, objectives)).ToList();
        return Verdict.Worst(verdicts, Promise) with { Details = [.. passes.Select(Describe)] };
    }

    private static Verdict Check(BenchPassRecord pass, Objectives objectives)
    {
        var limit = Limit(objectives);
        var measured = $"{BenchPasses.Text(pass.Latency.P99, "0.0")} ms ({pass.Name})";
        if (BenchPasses.ErrorRatio(pass) > 0.01)
        {
            return Verdict.Broken(
                $"{Promise} broken: {BenchPasses.Text(BenchPasses.ErrorRatio(pass), "0.0 %")} of the {pass.Name} pass's operations never ended; the objective is {limit}", limit, measured);
        }

        if (pass.Transactions < LeastSamples || !double.IsFinite(pass.Latency.P99))
        {
            return Verdict.Unknown($"{Promise} unknown: {pass.Transactions} transactions in the {pass.Name} pass; {LeastSamples} are needed", limit, measured);
        }

        return (decimal)pass.Latency.P99 < objectives.BenchLatencyP99Ms
            ? Verdict.Holds($"{Promise} holds: at most {measured}; the objective is {limit}", limit, measured)
            : Verdict.Late($"{Promise} broken: {measured}; the objective is {limit}", limit, measured);
    }

    private static string Limit(Objectives objectives) => FormattableString.Invariant($"< {objectives.BenchLatencyP99Ms:0.###} ms");

    private static string Describe(BenchPassRecord pass) => FormattableString.Invariant(
        $"{pass.Name}: p50 {pass.Latency.P50:0.00}, p95 {pass.Latency.P95:0.00}, p99 {pass.Latency.P99:0.00}, max {pass.Latency.Max:0.0} ms of {pass.Transactions:N0} transactions");
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>bench-read-only: the read-only endpoint leads to standbys, and serves the reading part of the mix.</summary>
public static class BenchReadOnly
{
    private const string Promise = "bench-read-only";

    /// <summary>Judges the read-only pass.</summary>
    public static Verdict Check(BenchRecord? record, Objectives objectives)
    {
        var limit = FormattableString.Invariant($"on standbys, errors < {objectives.BenchErrorRatio:0.####%}");
        if (BenchPasses.Missing(record, Promise, BenchPasses.ReadOnly) is { } missing)
        {
            return missing with { Objective = limit };
        }

        var pass = BenchPasses.Find(record, BenchPasses.ReadOnly)!;
        var ratio = BenchPasses.ErrorRatio(pass);
        var details = BenchPasses.Troubles(record!, [BenchPasses.ReadOnly]);
        var measured = FormattableString.Invariant($"{pass.Tps:N0} tps, {ratio:0.####%} errors");
        if (pass.OnStandby == false)
        {
            return Verdict.Broken($"{Promise} broken: the read-only endpoint led to a primary", limit, measured, details);
        }

        if ((decimal)ratio >= objectives.BenchErrorRatio)
        {
            return Verdict.Broken($"{Promise} broken: {measured}; the objective is {limit}", limit, measured, details);
        }

        if (pass.OnStandby is null || pass.Errors.ExitCode != 0)
        {
            var why = pass.OnStandby is null ? "nobody could say whether its sessions were on standbys" : "pgbench did not finish the pass";
            return Verdict.Unknown($"{Promise} unknown: {why}", limit, measured, details);
        }

        return Verdict.Holds($"{Promise} holds: {measured}, all on standbys", limit, measured, details);
    }
}

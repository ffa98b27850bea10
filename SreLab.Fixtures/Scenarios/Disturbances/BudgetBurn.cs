using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>When an error budget burns too fast, from what the clients saw themselves: the formula of the generated rules.</summary>
internal static class BudgetBurn
{
    /// <summary>Too many operations fail.</summary>
    public static ExpectedAlert OfAvailability(Objectives objectives, string severity, string alert) => Of(
        objectives, severity, alert, objectives.BenchErrorRatio, "operations fail", counts => (counts.Bad, counts.Operations));

    /// <summary>Too many acknowledged operations are slow.</summary>
    public static ExpectedAlert OfLatency(Objectives objectives, string severity, string alert) => Of(
        objectives, severity, alert, objectives.ServiceLevels.SlowRatio, "operations are slow", counts => (counts.Slow, counts.Timed));

    /// <summary>Whether a pair of windows burns faster than its factor, both of them, with operations enough in the long one.</summary>
    /// <param name="pairs">The pairs of one severity.</param>
    /// <param name="divisor">Their windows are divided by this.</param>
    /// <param name="budget">Share of bad operations that the objective allows.</param>
    /// <param name="minimum">Operations in a long window below which nothing is said.</param>
    /// <param name="over">Bad and all operations of the last window.</param>
    internal static bool Holds(IEnumerable<BurnRatePair> pairs, int divisor, decimal budget, int minimum, Func<TimeSpan, (long Bad, long All)> over) =>
        pairs.Any(pair =>
        {
            var longer = over(pair.Long / divisor);
            return longer.All >= minimum && IsFaster(longer, pair.Factor * budget) && IsFaster(over(pair.Short / divisor), pair.Factor * budget);
        });

    private static bool IsFaster((long Bad, long All) counts, decimal share) => counts.All > 0 && (decimal)counts.Bad / counts.All > share;

    private static ExpectedAlert Of(
        Objectives objectives,
        string severity,
        string alert,
        decimal budget,
        string what,
        Func<ClientTotals, (long Bad, long All)> read)
    {
        var slo = objectives.ServiceLevels;
        var pairs = slo.BurnRates.Where(p => p.Severity == severity).ToArray();
        var burns = pairs.Select(p => FormattableString.Invariant($"{p.Factor:0.#} times as often as allowed over {(p.Long / slo.RunDivisor).TotalSeconds:0.#} s and {(p.Short / slo.RunDivisor).TotalSeconds:0.#} s"));
        return new ExpectedAlert(alert, $"{what} {string.Join(", or ", burns)}", (context, _) =>
        {
            var now = DateTimeOffset.UtcNow;
            return Task.FromResult(Holds(pairs, slo.RunDivisor, budget, slo.MinimumOperations, window => read(context.Client.Over(now, window))));
        });
    }
}

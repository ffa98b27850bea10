using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>What one fault cost the ledger's writers, from steady state to the end of its history.</summary>
/// <param name="Fault">The fault, for example <c>kill-member 2</c>.</param>
/// <param name="Availability">Scheduled writes, and those that were not acknowledged within the deadline of their schedule.</param>
/// <param name="Latency">Acknowledged writes, and those that took longer than the latency objective.</param>
/// <param name="ShareOfPeriod">Share of the availability budget of a whole period, were the ledger's rate the service's traffic; 1 = all of it.</param>
/// <param name="PeakBurnRate">Highest availability burn rate that both windows of the fastest pair reached together; 0 without a pair.</param>
public sealed record FaultCost(string Fault, BudgetUse Availability, BudgetUse Latency, double ShareOfPeriod, double PeakBurnRate)
{
    /// <summary>How finely the moments are looked at for the peak, milliseconds.</summary>
    private const double StepMs = 100;

    /// <summary>Measures a fault from its history.</summary>
    /// <remarks>The open loop skips nothing, so a write that the schedule wanted and that is not in the history was never answered: bad.</remarks>
    public static FaultCost Of(FaultHistory history, Objectives objectives)
    {
        var slo = objectives.ServiceLevels;
        var unsent = Unsent(history);
        var acknowledged = history.Operations.Where(o => o.Outcome == Outcome.Acknowledged).ToList();
        var availability = new BudgetUse(
            "availability", objectives.BenchErrorRatio, history.Operations.Count + unsent, history.Operations.Count(o => IsBad(o, history)) + unsent);
        var latency = new BudgetUse(
            "latency", slo.SlowRatio, acknowledged.Count, acknowledged.Count(o => (decimal)(o.EndedMs - o.ScheduledMs) > objectives.BenchLatencyP99Ms));
        var ofPeriod = (double)objectives.BenchErrorRatio * history.Header.RatePerSecond * slo.Period(1).TotalSeconds;
        return new FaultCost(history.Name, availability, latency, availability.Bad / ofPeriod, Peak(history, objectives));
    }

    private static bool IsBad(Operation operation, FaultHistory history) =>
        operation.Outcome != Outcome.Acknowledged || operation.EndedMs - operation.ScheduledMs > history.Header.DeadlineMs;

    /// <summary>Writes whose deadline passed before the history ended and that are not in it.</summary>
    private static long Unsent(FaultHistory history)
    {
        var endMs = history.Operations.Select(o => o.EndedMs).DefaultIfEmpty().Max();
        var intervalMs = history.Header.Clients * 1000 / history.Header.RatePerSecond;
        return history.Operations.GroupBy(o => o.Client)
            .Sum(writer => Math.Max(0, (long)Math.Floor((endMs - history.Header.DeadlineMs - writer.Min(o => o.ScheduledMs)) / intervalMs) + 1 - writer.LongCount()));
    }

    private static double Peak(FaultHistory history, Objectives objectives)
    {
        var slo = objectives.ServiceLevels;
        if (slo.BurnRates.MaxBy(p => p.Factor) is not { } pair || history.Operations.Count == 0)
        {
            return 0;
        }

        // A write is known to be bad at its outcome, or when its deadline passes.
        var known = history.Operations
            .Select(o => (AtMs: IsBad(o, history) ? Math.Min(o.EndedMs, o.ScheduledMs + history.Header.DeadlineMs) : o.EndedMs, IsBad: IsBad(o, history)))
            .OrderBy(o => o.AtMs).ToList();
        double[] at = [.. known.Select(o => o.AtMs)];
        var bad = new int[known.Count + 1];
        for (var i = 0; i < known.Count; i++)
        {
            bad[i + 1] = bad[i] + (known[i].IsBad ? 1 : 0);
        }

        var peak = 0.0;
        for (var toMs = at[0]; toMs <= at[^1] + StepMs; toMs += StepMs)
        {
            peak = Math.Max(peak, Math.Min(Ratio(toMs, pair.Long / slo.RunDivisor), Ratio(toMs, pair.Short / slo.RunDivisor)));
        }

        return peak / (double)objectives.BenchErrorRatio;

        double Ratio(double toMs, TimeSpan window)
        {
            var from = CountUntil(toMs - window.TotalMilliseconds);
            var to = CountUntil(toMs);
            return to == from ? 0 : (double)(bad[to] - bad[from]) / (to - from);
        }

        int CountUntil(double ms)
        {
            var (low, high) = (0, at.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = at[middle] <= ms ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}

using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Reporting.Charts;

/// <summary>What ended within one bin of time.</summary>
/// <param name="StartMs">Start of the bin on the history's clock.</param>
/// <param name="Acknowledged">Acknowledged writes.</param>
/// <param name="Others">Refused or indeterminate ones.</param>
/// <param name="BestMs">Shortest latency of the acknowledged, from the scheduled start.</param>
/// <param name="WorstMs">Longest.</param>
internal sealed record FailoverBin(double StartMs, int Acknowledged, int Others, double BestMs, double WorstMs);

/// <summary>Sorts a history into bins by the moment at which an outcome was known.</summary>
internal static class FailoverBins
{
    internal static IReadOnlyList<FailoverBin> Of(IReadOnlyList<Operation> operations, double fromMs, double toMs, double binMs)
    {
        var bins = Enumerable.Range(0, Math.Max(1, (int)Math.Ceiling((toMs - fromMs) / binMs)))
            .Select(i => new FailoverBin(fromMs + i * binMs, 0, 0, double.MaxValue, 0))
            .ToArray();
        foreach (var operation in operations.Where(o => o.EndedMs >= fromMs && o.EndedMs < toMs))
        {
            var index = Math.Min(bins.Length - 1, (int)((operation.EndedMs - fromMs) / binMs));

            // From the schedule, so that waiting counts; a timer that fired a little early must not shorten it.
            var latency = Math.Max(0.1, operation.EndedMs - Math.Min(operation.ScheduledMs, operation.SentMs));
            var bin = bins[index];
            bins[index] = operation.Outcome == Outcome.Acknowledged
                ? bin with { Acknowledged = bin.Acknowledged + 1, BestMs = Math.Min(bin.BestMs, latency), WorstMs = Math.Max(bin.WorstMs, latency) }
                : bin with { Others = bin.Others + 1 };
        }

        return bins;
    }
}

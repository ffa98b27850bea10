using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>What a load's operations come to.</summary>
internal static class HttpLoadSummary
{
    /// <summary>Sums up; percentiles are exact (nearest rank) and count every request, failed ones with the time they took to fail.</summary>
    public static HttpLoadRecord Of(IReadOnlyList<HttpOperation> operations, HttpLoadOptions options, string file)
    {
        double[] latencies = [.. operations.Select(o => o.LatencyMs).Order()];
        return new HttpLoadRecord
        {
            HistoryFile = file,
            RatePerSecond = options.RatePerSecond,
            Seconds = operations.Count == 0 ? 0 : (operations.Max(o => o.ScheduledMs) - operations.Min(o => o.ScheduledMs)) / 1000,
            Requests = operations.Count,
            Failed = operations.Count(o => !o.IsGood),
            MedianMs = Percentile(latencies, 0.5),
            P99Ms = Percentile(latencies, 0.99),
            WorstMs = Percentile(latencies, 1),
            Failures = operations.Where(o => !o.IsGood).GroupBy(o => o.Kind(), StringComparer.Ordinal)
                .OrderByDescending(g => g.Count()).ToDictionary(g => g.Key, g => (long)g.Count(), StringComparer.Ordinal),
            Routes = operations.GroupBy(o => o.Route, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (long)g.Count(), StringComparer.Ordinal),
        };
    }

    /// <summary>Nearest rank: the least value that at least this share of all is not above; 0 of nothing.</summary>
    public static double Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}

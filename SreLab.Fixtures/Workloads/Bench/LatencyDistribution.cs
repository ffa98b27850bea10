using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Exact latency figures: every sample is sorted, nothing is binned or interpolated.</summary>
/// <remarks>
/// Percentiles are by nearest rank: the p-th percentile of N samples is the smallest sample such that at least p % of all
/// samples are not greater, which is the sample at rank ceil(p / 100 × N) of the sorted list. It is always one of the samples.
/// </remarks>
internal static class LatencyDistribution
{
    /// <summary>The figures of a set of latencies.</summary>
    /// <param name="micros">Latencies in microseconds; sorted in place.</param>
    /// <returns>Milliseconds; not a number throughout when there is no sample.</returns>
    public static LatencyRecord Of(Span<long> micros)
    {
        if (micros.IsEmpty)
        {
            return new LatencyRecord(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        micros.Sort();
        long sum = 0;
        foreach (var value in micros)
        {
            sum += value;
        }

        return new LatencyRecord(
            micros.Length,
            (double)sum / micros.Length / 1000,
            Milliseconds(NearestRank(micros, 5000)),
            Milliseconds(NearestRank(micros, 9500)),
            Milliseconds(NearestRank(micros, 9900)),
            Milliseconds(NearestRank(micros, 9990)),
            Milliseconds(micros[^1]));
    }

    /// <summary>A percentile by nearest rank.</summary>
    /// <param name="sorted">At least one sample, ascending.</param>
    /// <param name="perTenThousand">The percentile in hundredths of a percent, so that ranks are computed in whole numbers: 9990 is the 99.9th.</param>
    public static long NearestRank(ReadOnlySpan<long> sorted, int perTenThousand)
    {
        var rank = (((long)sorted.Length * perTenThousand) + 9999) / 10_000;
        return sorted[(int)Math.Max(rank, 1) - 1];
    }

    private static double Milliseconds(long micros) => micros / 1000.0;
}

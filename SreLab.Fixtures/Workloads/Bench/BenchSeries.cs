using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>What happened in one second of a pass.</summary>
/// <param name="Latency">Latency of the transactions that ended in it; their count is the TPS.</param>
/// <param name="Errors">Logged transactions that failed or were skipped in it.</param>
internal sealed record BenchSecond(LatencyRecord Latency, int Errors);

/// <summary>A pass second by second.</summary>
internal static class BenchSeries
{
    /// <summary>First line of the file.</summary>
    public const string Header = "second,tps,avg_ms,p50_ms,p95_ms,p99_ms,max_ms,errors";

    /// <summary>Every second of the window; the last one may be a part of a second.</summary>
    public static IReadOnlyList<BenchSecond> Of(IReadOnlyList<PgbenchSample> samples, BenchWindow window)
    {
        var latencies = new List<long>[(int)Math.Ceiling(window.Seconds) + 1];
        var errors = new int[latencies.Length];
        var last = window.WholeSeconds - 1;
        foreach (var sample in samples)
        {
            if (!window.Counts(sample))
            {
                continue;
            }

            var second = window.SecondOf(sample);
            last = Math.Max(last, second);
            if (sample.Outcome == SampleOutcome.Ok)
            {
                (latencies[second] ??= []).Add(sample.LatencyUs);
            }
            else
            {
                errors[second]++;
            }
        }

        return
        [
            .. Enumerable.Range(0, last + 1).Select(second =>
                new BenchSecond(LatencyDistribution.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(latencies[second])), errors[second])),
        ];
    }

    /// <summary>Writes the series; a second without a transaction has a TPS of 0 and <c>NaN</c> for its latencies.</summary>
    public static void Write(string path, IReadOnlyList<BenchSecond> series)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(Header);
        for (var second = 0; second < series.Count; second++)
        {
            var (latency, errors) = series[second];
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{second},{latency.Count},{latency.Average:0.###},{latency.P50:0.###},{latency.P95:0.###},{latency.P99:0.###},{latency.Max:0.###},{errors}"));
        }
    }
}

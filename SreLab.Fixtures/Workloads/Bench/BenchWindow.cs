namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>The part of a pass that is counted.</summary>
/// <param name="StartUs">When the first transaction began (was scheduled, in an open loop), microseconds since the Unix epoch.</param>
/// <param name="CutUs">End of the warm-up: what ended before is not counted.</param>
/// <param name="EndUs">The end as asked, or the last transaction's, whichever is later.</param>
/// <remarks>
/// The warm-up is cut from the log of one run, not run apart: a second run would begin with new connections and unprepared
/// statements, which is what the warm-up is there to keep out. A transaction belongs to the window in which it ended. At
/// the other end nothing is cut: pgbench starts nothing after its time but finishes what is in flight, and leaving those out
/// would leave out exactly the transactions that a stall holds up. The window then grows by that tail, as in pgbench's own
/// TPS, and it never shrinks below what was asked, so a run that died early is slow, not short.
/// </remarks>
internal sealed record BenchWindow(long StartUs, long CutUs, long EndUs)
{
    /// <summary>Length of the counted part, seconds.</summary>
    public double Seconds => (EndUs - CutUs) / 1e6;

    /// <summary>Whole seconds in the counted part.</summary>
    public int WholeSeconds => (int)((EndUs - CutUs) / 1_000_000);

    /// <summary>Start of the counted part.</summary>
    public DateTimeOffset StartedUtc => DateTimeOffset.UnixEpoch.AddTicks(CutUs * TimeSpan.TicksPerMicrosecond);

    /// <summary>Whether a transaction counts.</summary>
    public bool Counts(in PgbenchSample sample) => sample.FinishUs >= CutUs;

    /// <summary>The second of the counted part in which a counted transaction ended, from 0.</summary>
    public int SecondOf(in PgbenchSample sample) => (int)((sample.FinishUs - CutUs) / 1_000_000);

    /// <summary>Finds the window of a run.</summary>
    /// <param name="samples">All samples, in any order.</param>
    /// <param name="warmupSeconds">Seconds not counted.</param>
    /// <param name="seconds">Seconds asked for after the warm-up.</param>
    /// <param name="launchedUtc">When pgbench was started, for a run without any sample.</param>
    public static BenchWindow Of(IReadOnlyList<PgbenchSample> samples, int warmupSeconds, int seconds, DateTimeOffset launchedUtc)
    {
        var start = long.MaxValue;
        var last = long.MinValue;
        foreach (var sample in samples)
        {
            start = Math.Min(start, sample.FinishUs - sample.LatencyUs);
            last = Math.Max(last, sample.FinishUs);
        }

        if (samples.Count == 0)
        {
            start = (launchedUtc - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        }

        var cut = start + (warmupSeconds * 1_000_000L);
        return new BenchWindow(start, cut, Math.Max(cut + (seconds * 1_000_000L), last));
    }
}

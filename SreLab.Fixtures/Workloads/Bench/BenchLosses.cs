namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Transactions that should have been there and were not: what pgbench itself does not count as failed.</summary>
/// <param name="SilentSeconds">Whole seconds of the window without a finished transaction.</param>
/// <param name="EstimatedLost">How many transactions silence, aborted clients and an abandoned backlog cost.</param>
internal sealed record BenchLosses(int SilentSeconds, long EstimatedLost)
{
    /// <summary>A silence is counted when this many transactions were to be expected in it: by chance alone that does not happen (e^-20).</summary>
    private const double ExpectedInSilence = 20;

    /// <summary>An open loop's starts are drawn at random; a shortfall within this many standard deviations is chance.</summary>
    private const double Deviations = 4;

    /// <summary>Estimates the losses of a pass.</summary>
    /// <param name="samples">All samples of the run.</param>
    /// <param name="window">The counted part.</param>
    /// <param name="clients">Clients.</param>
    /// <param name="aborted">Clients that gave up.</param>
    /// <param name="ratePerSecond">Scheduled rate; null in a closed loop.</param>
    /// <param name="seconds">Seconds asked for.</param>
    public static BenchLosses Of(
        IReadOnlyList<PgbenchSample> samples, BenchWindow window, int clients, IReadOnlySet<int> aborted, double? ratePerSecond, int seconds)
    {
        var perSecond = new int[window.WholeSeconds];
        var lastOf = aborted.ToDictionary(client => client, _ => window.CutUs);
        long made = 0;
        foreach (var sample in samples)
        {
            if (!window.Counts(sample))
            {
                continue;
            }

            made++;
            var second = window.SecondOf(sample);
            if (sample.Outcome == SampleOutcome.Ok && second < perSecond.Length)
            {
                perSecond[second]++;
            }

            if (lastOf.TryGetValue(sample.Client, out var last))
            {
                lastOf[sample.Client] = Math.Max(last, sample.FinishUs);
            }
        }

        var rate = UsualRate(samples, window, perSecond, lastOf.Values, ratePerSecond ?? clients);
        var silent = SilentOnes(perSecond, rate);
        var lost = silent.Count(s => s) * rate;
        foreach (var last in lastOf.Values)
        {
            // The transaction in flight is lost at least.
            lost += Math.Max(1, MissingSeconds(window, silent, last) * rate / clients);
        }

        if (ratePerSecond is { } scheduledRate)
        {
            // When pgbench's time is over it drops what it has scheduled and not started, without a word.
            var scheduled = scheduledRate * seconds;
            var shortfall = scheduled - made;
            lost = shortfall > Deviations * Math.Sqrt(scheduled) ? Math.Max(lost, shortfall) : lost;
        }

        return new BenchLosses(silent.Count(s => s), (long)Math.Ceiling(lost));
    }

    private static double UsualRate(
        IReadOnlyList<PgbenchSample> samples, BenchWindow window, int[] perSecond, IEnumerable<long> lastOfAborted, double fallback)
    {
        var firstAbort = lastOfAborted.Append(window.EndUs).Min();
        var whole = perSecond.Take((int)((firstAbort - window.CutUs) / 1_000_000)).Where(n => n > 0).ToArray();
        whole = whole.Length > 0 ? whole : [.. perSecond.Where(n => n > 0)];
        if (whole.Length > 0)
        {
            Array.Sort(whole);
            return whole[whole.Length / 2];
        }

        var warmup = (window.CutUs - window.StartUs) / 1e6;
        return samples.Count > 0 && warmup > 0 ? Math.Max(samples.Count / warmup, 1) : fallback;
    }

    private static bool[] SilentOnes(int[] perSecond, double rate)
    {
        var silent = new bool[perSecond.Length];
        for (var from = 0; from < perSecond.Length; from++)
        {
            var to = from;
            while (to < perSecond.Length && perSecond[to] == 0)
            {
                to++;
            }

            // A window without anything is silent however low the rate.
            if ((to - from) * rate >= ExpectedInSilence || (to - from == perSecond.Length && to > 0))
            {
                Array.Fill(silent, true, from, to - from);
            }

            from = Math.Max(from, to - 1);
        }

        return silent;
    }

    /// <summary>Seconds from a client's last transaction to the end that are not already counted as silent.</summary>
    private static double MissingSeconds(BenchWindow window, bool[] silent, long lastUs)
    {
        var missing = (window.EndUs - lastUs) / 1e6;
        var from = (lastUs - window.CutUs) / 1e6;
        for (var second = (int)from; second < silent.Length; second++)
        {
            missing -= silent[second] ? Math.Min(1, second + 1 - from) : 0;
        }

        return Math.Max(missing, 0);
    }
}

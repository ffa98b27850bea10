using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Finds the moments in which every client waited, whether they repeat, and what began then.</summary>
/// <remarks>
/// A stall begins where the slowest transaction of a tenth of a second takes more than three times as long as the median of those slowest ones, and lasts
/// while such tenths follow each other. Period: Rayleigh's test of the beginnings at every frequency of a grid; under beginnings at random its power is
/// exponential, and the chance is multiplied by the number of frequencies that were tried (Bonferroni). A comb has power at its harmonics too, so the longest
/// period counts whose power is near the largest. Cause: how many stalls hold an event of a kind, against the share of all time that such events cover
/// (binomial). It says what ran at those moments, not that nothing else did.
/// </remarks>
internal static class RecurringStalls
{
    private const double BinSeconds = 0.1;
    private const double TimesUsual = 3;

    // Tenths that are quiet within a stall.
    private const int Pause = 2;
    private const int LeastStalls = 5;
    private const double ShortestPeriod = 0.5;

    // A pass must hold a period as often as it needs to be one.
    private const double LeastRepeats = 5;
    private const double MostChanceOfPeriod = 0.01;
    private const double NearLargest = 0.8;

    // A cause begins a little before clients feel it.
    private const double Lead = 0.1;
    private const double LeastShare = 0.6;
    private const double LeastLift = 2.5;
    private const double MostChanceOfCause = 0.001;

    /// <summary>From what a pass left in a run's folder; null without transactions.</summary>
    public static StallsRecord? Read(RunStore store, BenchPassRecord pass, string samplesFile)
    {
        var samples = PgbenchLogs.Read(pass.RawLogs.Select(store.PathOf), mayBeCutOff: true);
        var window = BenchWindow.Of(samples, (int)pass.WarmupSeconds, (int)pass.Seconds, pass.StartedUtc);
        return Of(samples, window, StallEvents.Read(store.PathOf(samplesFile)));
    }

    /// <summary>From transactions and events; null without transactions.</summary>
    public static StallsRecord? Of(IReadOnlyList<PgbenchSample> samples, BenchWindow window, IReadOnlyList<StallEvents> events)
    {
        var counted = samples.Where(s => s.Outcome == SampleOutcome.Ok && window.Counts(s)).ToList();
        if (counted.Count == 0)
        {
            return null;
        }

        var (threshold, stalls) = Find(counted, window);
        var slowest = counted.Select(s => s.LatencyUs).Order().ElementAt((int)(counted.Count * 0.99));
        var tail = counted.Where(s => s.LatencyUs >= slowest).ToList();
        var inStalls = tail.Count(s => stalls.Exists(stall => stall.From <= s.FinishUs / 1e6 && s.FinishUs / 1e6 <= stall.To));
        var (period, chance) = Period([.. stalls.Select(s => s.From)], window.Seconds);
        return new StallsRecord(
            threshold,
            stalls.Count,
            (double)inStalls / tail.Count,
            period,
            chance,
            [
                .. stalls.Count < LeastStalls ? Enumerable.Empty<StallCauseRecord>() : events
                    .Select(e => Cause(e, stalls, window.Seconds))
                    .OfType<StallCauseRecord>()
                    .OrderByDescending(c => c.Stalls / c.ByChance),
            ]);
    }

    /// <summary>The period of moments; null when they have none that chance would not make as well.</summary>
    internal static (double? Seconds, double Chance) Period(IReadOnlyList<double> moments, double length)
    {
        var longest = length / LeastRepeats;
        if (moments.Count < LeastStalls || longest <= ShortestPeriod)
        {
            return (null, 1);
        }

        // Between two frequencies a comb over the whole pass loses little of its power.
        var step = 1 / (4 * length);
        var tried = (int)(((1 / ShortestPeriod) - (1 / longest)) / step) + 1;
        var power = Enumerable.Range(0, tried).Select(i => Power((1 / longest) + (i * step))).ToArray();
        var largest = power.Max();
        var chance = Math.Min(1, tried * Math.Exp(-largest));
        if (chance > MostChanceOfPeriod)
        {
            return (null, chance);
        }

        // The first that is near the largest begins a peak; its summit is the period.
        var best = Array.FindIndex(power, p => p >= NearLargest * largest);
        while (best + 1 < tried && power[best + 1] > power[best])
        {
            best++;
        }

        return (1 / ((1 / longest) + (best * step)), chance);

        double Power(double frequency)
        {
            var (x, y) = (0.0, 0.0);
            foreach (var moment in moments)
            {
                var (sine, cosine) = Math.SinCos(Math.Tau * frequency * (moment - moments[0]));
                (x, y) = (x + cosine, y + sine);
            }

            return ((x * x) + (y * y)) / moments.Count;
        }
    }

    private static (double ThresholdMs, List<(double From, double To)> Stalls) Find(List<PgbenchSample> counted, BenchWindow window)
    {
        var worst = new long[(int)(window.Seconds / BinSeconds) + 1];
        foreach (var sample in counted)
        {
            var bin = Bin(sample);
            worst[bin] = Math.Max(worst[bin], sample.LatencyUs);
        }

        var usual = worst.Where(w => w > 0).Order().ToArray();
        var threshold = TimesUsual * usual[usual.Length / 2];
        List<(double From, double To)> stalls = [];
        var last = int.MinValue / 2;
        foreach (var sample in counted.Where(s => s.LatencyUs > threshold).OrderBy(s => s.FinishUs))
        {
            var (from, to) = ((sample.FinishUs - sample.LatencyUs) / 1e6, sample.FinishUs / 1e6);
            var bin = Bin(sample);
            if (bin - last > Pause + 1 && (stalls.Count == 0 || from > stalls[^1].To))
            {
                stalls.Add((from, to));
            }
            else
            {
                stalls[^1] = (Math.Min(stalls[^1].From, from), to);
            }

            last = bin;
        }

        return (threshold / 1000.0, stalls);

        int Bin(PgbenchSample sample) => Math.Min(worst.Length - 1, (int)((sample.FinishUs - window.CutUs) / 1e6 / BinSeconds));
    }

    /// <summary>What events have to do with stalls; null when it is nothing that chance would not do.</summary>
    private static StallCauseRecord? Cause(StallEvents events, List<(double From, double To)> stalls, double length)
    {
        var hit = stalls.Count(s => events.AtSeconds.Any(at => at >= s.From - Lead && at <= s.To + events.SeenLate));

        // A stall that fell anywhere would hold an event when it began within this of one.
        var reach = Lead + events.SeenLate + stalls.Average(s => s.To - s.From);
        var gaps = events.AtSeconds.Zip(events.AtSeconds.Skip(1), (a, b) => Math.Min(reach, b - a)).Sum() + reach;
        var byChance = Math.Min(1, gaps / length);
        var share = (double)hit / stalls.Count;
        return share >= LeastShare && share / byChance >= LeastLift && AtLeast(hit, stalls.Count, byChance) <= MostChanceOfCause
            ? new StallCauseRecord(events.What, hit, byChance)
            : null;
    }

    /// <summary>Probability of so many or more of so many, each with this chance.</summary>
    private static double AtLeast(int hits, int of, double chance)
    {
        var (sum, term) = (0.0, Math.Pow(1 - chance, of));
        for (var k = 0; k <= of; k++)
        {
            sum += k >= hits ? term : 0;
            term *= chance / Math.Max(1 - chance, double.Epsilon) * (of - k) / (k + 1);
        }

        return sum;
    }
}

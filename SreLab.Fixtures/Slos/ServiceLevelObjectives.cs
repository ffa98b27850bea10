namespace SreLab.Fixtures.Slos;

/// <summary>What turns the objectives of a run into service levels: a period, and the burn rates that alert.</summary>
/// <remarks>The availability level is <see cref="Objectives.BenchErrorRatio"/>; the latency level is <see cref="SlowRatio"/> of <see cref="Objectives.BenchLatencyP99Ms"/>.</remarks>
public sealed record ServiceLevelObjectives
{
    /// <summary>A rate needs two samples; the lab scrapes once a second.</summary>
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(2);

    /// <summary>Days over which an error budget is counted, from 1.</summary>
    public required int PeriodDays { get; init; }

    /// <summary>Every window, and the period, is divided by this for a lab that lives for minutes; from 1.</summary>
    public required int RunDivisor { get; init; }

    /// <summary>Acknowledged operations that may be slower than the latency objective, over all acknowledged ones; above 0 and below 1.</summary>
    public required decimal SlowRatio { get; init; }

    /// <summary>Operations in its long window below which a burn-rate alert keeps silent; from 1.</summary>
    public required int MinimumOperations { get; init; }

    /// <summary>The pairs of windows; each severity has at least one.</summary>
    public required IReadOnlyList<BurnRatePair> BurnRates { get; init; }

    /// <summary>The period of a 30-day budget, or that of a run.</summary>
    public TimeSpan Period(int divisor) => TimeSpan.FromDays(PeriodDays) / divisor;

    /// <summary>What is wrong with it, a line each.</summary>
    internal IEnumerable<string> Problems()
    {
        (string Name, bool Is, string Must)[] checks =
        [
            (nameof(PeriodDays), PeriodDays < 1, "must be at least 1"),
            (nameof(RunDivisor), RunDivisor < 1, "must be at least 1"),
            (nameof(SlowRatio), SlowRatio is <= 0 or >= 1, "must be above 0 and below 1"),
            (nameof(MinimumOperations), MinimumOperations < 1, "must be at least 1"),
            (nameof(BurnRates), BurnRatePair.Severities.Except(BurnRates.Select(p => p.Severity)).Any(), "must have a pair for page and for ticket"),
        ];
        return checks.Where(c => c.Is).Select(c => $"{c.Name,-30} {c.Must}").Concat(PeriodDays < 1 || RunDivisor < 1 ? [] : BurnRates.SelectMany(Problems));
    }

    private IEnumerable<string> Problems(BurnRatePair pair, int index)
    {
        (bool Is, string Must)[] checks =
        [
            (!BurnRatePair.Severities.Contains(pair.Severity), "severity must be page or ticket"),
            (pair.Factor <= 0, "factor must be greater than 0"),
            (pair.ShortMinutes <= 0 || pair.ShortMinutes >= pair.LongMinutes, "shortMinutes must be above 0 and below longMinutes"),
            (pair.Long > Period(1), "longMinutes must be within the period"),
            (pair.ShortMinutes > 0 && pair.Short / RunDivisor < ShortestWindow, "shortMinutes over runDivisor must be at least 2 s: a rate needs two samples"),
        ];
        return checks.Where(c => c.Is).Select(c => $"{FormattableString.Invariant($"{nameof(BurnRates)}[{index}]"),-30} {c.Must}");
    }
}

/// <summary>Two windows that must both burn faster than a factor: the long one shows that it matters, the short one that it still goes on.</summary>
public sealed record BurnRatePair
{
    /// <summary>Somebody must act now.</summary>
    public const string Page = "page";

    /// <summary>Somebody must act in working hours.</summary>
    public const string Ticket = "ticket";

    internal static readonly IReadOnlyList<string> Severities = [Page, Ticket];

    /// <summary>page or ticket.</summary>
    public required string Severity { get; init; }

    /// <summary>How many times as fast as the period allows; 1 spends the budget exactly in the period.</summary>
    public required decimal Factor { get; init; }

    /// <summary>The long window, minutes of the full period.</summary>
    public required int LongMinutes { get; init; }

    /// <summary>The short window, minutes of the full period.</summary>
    public required int ShortMinutes { get; init; }

    /// <summary>The long window, unscaled.</summary>
    public TimeSpan Long => TimeSpan.FromMinutes(LongMinutes);

    /// <summary>The short window, unscaled.</summary>
    public TimeSpan Short => TimeSpan.FromMinutes(ShortMinutes);
}

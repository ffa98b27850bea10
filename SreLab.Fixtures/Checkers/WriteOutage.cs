using System.Globalization;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>How long writes stop when the primary is lost.</summary>
/// <remarks>
/// Method: from what clients saw, not from polling. Open-loop writers send at a fixed rate; the outage is the longest time between two
/// consecutive acknowledgements of the whole cluster that ends after the fault was injected, normally from the last acknowledgement before
/// the fault to the first after it. Taking the longest keeps answers that were still on their way when the signal fell from splitting the
/// outage, and does not hide a second one during the rejoin. The resolution is one over the scheduled rate. A run in which no write came
/// back has no outage but a lower bound, and is broken. Limits hold for the worst repeat, or for the median where the objective says so. Where
/// servers must end or start for what was done, a limit holds for the outage without that work, which their own logs tell (<see cref="ServerWork"/>).
/// </remarks>
public static class WriteOutage
{
    /// <summary>Measures one fault; null when no write was acknowledged before it, so that there is nothing to measure from.</summary>
    public static OutageMeasure? Measure(FaultHistory history)
    {
        var record = history.Record;
        var acknowledged = history.Operations.Where(o => o.Outcome == Outcome.Acknowledged).OrderBy(o => o.EndedMs).ToList();
        if (!acknowledged.Any(o => o.EndedMs <= record.InjectedMs))
        {
            return null;
        }

        var end = history.Operations.Max(o => o.EndedMs);
        var work = new ServerWork(FaultCatalogue.Find(record.Kind) is { HasServerWork: true } ? history.Logs : null);
        var (from, to) = LongestGap([.. acknowledged.Select(o => o.EndedMs)], record.InjectedMs, end, work);
        var isCensored = !acknowledged.Any(o => o.SentMs > record.SeenMs);
        var worstWriter = acknowledged.GroupBy(o => o.Client)
            .Select(writer => LongestGap([.. writer.Select(o => o.EndedMs)], record.InjectedMs, end, work))
            .Max(gap => gap.To - gap.From);
        var missed = history.Operations.Count(o =>
            o.EndedMs >= record.InjectedMs && (o.Outcome != Outcome.Acknowledged || o.EndedMs - o.ScheduledMs > history.Header.DeadlineMs));
        return new OutageMeasure(
            history.Name,
            (to - from) / 1000,
            isCensored,
            from,
            to,
            worstWriter / 1000,
            missed,
            1000 / history.Header.RatePerSecond,
            Seconds(record.InjectedMs, record.NewLeaderMs),
            Seconds(record.NewLeaderMs, record.PromotedMs),
            isCensored ? null : Seconds(record.PromotedMs, to),
            record.LeaseLeftSeconds)
        {
            WorkSeconds = work.SecondsWithin(from, to),
            Work = work.Describe(from, to),
        };
    }

    /// <summary>The postmaster is killed: median over the repeats.</summary>
    public static Verdict CheckPostmasterMedian(IReadOnlyList<FaultHistory> histories, Objectives objectives) =>
        Judge(histories, FaultKinds.KillPostmaster, "failover-postmaster-median", objectives, objectives.PostmasterOutageMedianSeconds, Median, "median", "s", "seconds");

    /// <summary>The postmaster is killed: worst of the repeats.</summary>
    public static Verdict CheckPostmasterWorst(IReadOnlyList<FaultHistory> histories, Objectives objectives) =>
        Judge(histories, FaultKinds.KillPostmaster, "failover-postmaster-worst", objectives, objectives.PostmasterOutageWorstSeconds, Worst, "worst", "s", "seconds");

    /// <summary>The whole member is killed: worst of the repeats.</summary>
    public static Verdict CheckMemberWorst(IReadOnlyList<FaultHistory> histories, Objectives objectives) =>
        Judge(histories, FaultKinds.KillMember, "failover-member-worst", objectives, objectives.MemberOutageWorstSeconds, Worst, "worst", "s", "seconds");

    /// <summary>Any fault of the catalogue: worst of the repeats, from the fault until writes are back for good.</summary>
    /// <param name="histories">Faults, of this kind and others.</param>
    /// <param name="kind">Which are judged.</param>
    /// <param name="objectives">The limit for each kind.</param>
    public static Verdict CheckWorst(IReadOnlyList<FaultHistory> histories, string kind, Objectives objectives) =>
        objectives.FaultOutageSeconds.TryGetValue(kind, out var limit)
            ? Judge(histories, kind, $"{kind}-outage", objectives, limit, Worst, "worst", "s", "seconds")
            : Verdict.Unknown($"{kind}-outage unknown: slos.json names no limit for it.");

    /// <summary>One fault against a limit of its own.</summary>
    /// <param name="history">The fault.</param>
    /// <param name="limit">Seconds.</param>
    /// <param name="objectives">The rate below which a run is no evidence.</param>
    public static Verdict CheckLimit(FaultHistory history, decimal limit, Objectives objectives) =>
        Judge([history], history.Record.Kind, $"{history.Record.Kind}-outage", objectives, limit, Worst, "worst", "s", "seconds");

    /// <summary>The whole member is killed: outage over (lease left + 1 s), worst of the repeats. Catches lost seconds that the ceiling hides.</summary>
    public static Verdict CheckMemberLeaseRatio(IReadOnlyList<FaultHistory> histories, Objectives objectives) =>
        Judge(
            histories, FaultKinds.KillMember, "failover-member-lease-ratio", objectives, objectives.MemberOutageLeaseRatio,
            measures => measures.Any(m => m.LeaseRatio is null) ? null : measures.Max(m => m.LeaseRatio), "worst", "x (lease left + 1 s)", "ratio");

    private static Verdict Judge(
        IReadOnlyList<FaultHistory> histories,
        string kind,
        string promise,
        Objectives objectives,
        decimal limit,
        Func<IReadOnlyList<OutageMeasure>, double?> take,
        string which,
        string unit,
        string quantity)
    {
        var objective = string.Create(CultureInfo.InvariantCulture, $"{which} <= {limit:0.##} {unit}");
        var faults = histories.Where(h => h.Record.Kind == kind).ToList();
        var measures = faults.Select(Measure).OfType<OutageMeasure>().OrderByDescending(m => m.IsCensored).ThenByDescending(m => m.Seconds).ToList();
        string[] details = [.. measures.Select(m => m.Describe())];
        if (measures.FirstOrDefault(m => m.IsCensored) is { } never)
        {
            return Verdict.Broken($"{promise} broken: writes did not come back in {never.Fault} ({never.Text}).", objective, never.Text, details);
        }

        if (Doubt(faults, measures, kind, objectives) is { } doubt)
        {
            return Verdict.Unknown($"{promise} unknown: {doubt}.", objective, details: details);
        }

        if (take(measures) is not { } value)
        {
            return Verdict.Unknown($"{promise} unknown: the {quantity} needs the lease left at the kill, which was not read.", objective, details: details);
        }

        var measured = string.Create(CultureInfo.InvariantCulture, $"{which} {value:0.00} {unit} of {measures.Count}{Beside(measures, value)}");
        return (decimal)value <= limit
            ? Verdict.Holds($"{promise} holds: {measured}; the objective is {objective}.", objective, measured, details)
            : Verdict.Late($"{promise} broken: {measured}; the objective is {objective}.", objective, measured, details);
    }

    private static string? Doubt(List<FaultHistory> faults, List<OutageMeasure> measures, string kind, Objectives objectives)
    {
        if (faults.Count == 0)
        {
            return $"no {kind} was recorded";
        }

        if (faults.Select(f => f.Missed).FirstOrDefault(m => m is not null) is { } missed)
        {
            return missed;
        }

        var quiet = faults.Select(f => (f.Name, Rate: LedgerRate.Before(f.Operations, f.Record.InjectedMs)))
            .FirstOrDefault(f => (decimal)f.Rate < objectives.MinimumLedgerRate);
        if (quiet.Name is not null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the ledger reached {quiet.Rate:0.#} writes/s before {quiet.Name}; {objectives.MinimumLedgerRate:0.#} are needed");
        }

        return measures.Count < faults.Count ? "a fault has no acknowledged write before it" : null;
    }

    // The longest without what servers had to do: a longer one that is mostly their work would hide it.
    private static (double From, double To) LongestGap(IReadOnlyList<double> acknowledgedMs, double injectedMs, double endMs, ServerWork work)
    {
        IEnumerable<double> marks = [.. acknowledgedMs, Math.Max(endMs, acknowledgedMs[^1])];
        return acknowledgedMs.Zip(marks.Skip(1), (from, to) => (From: from, To: to))
            .Where(gap => gap.To >= injectedMs)
            .DefaultIfEmpty((From: acknowledgedMs[^1], To: acknowledgedMs[^1]))
            .MaxBy(gap => gap.To - gap.From - (1000 * work.SecondsWithin(gap.From, gap.To)));
    }

    private static double? Worst(IReadOnlyList<OutageMeasure> measures) => measures.Max(m => m.WaitSeconds);

    private static string Beside(List<OutageMeasure> measures, double value) => measures.FirstOrDefault(m => m.WorkSeconds > 0 && m.WaitSeconds.Equals(value)) is { } judged
        ? string.Create(CultureInfo.InvariantCulture, $", beside {judged.WorkSeconds:0.00} s of the servers' own work")
        : "";

    private static double? Median(IReadOnlyList<OutageMeasure> measures)
    {
        var sorted = measures.Select(m => m.Seconds).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static double? Seconds(double? fromMs, double? toMs) =>
        fromMs is { } from && toMs is { } to ? Math.Max(0, to - from) / 1000 : null;
}

using System.Globalization;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>What the read-only endpoint shows is not older than promised, and was written by somebody.</summary>
/// <remarks>
/// Method: a read is as old as the first acknowledgement, before it was sent, of a beat that it does not show; 0 when there is none. The
/// resolution is the period of the beats. One limit holds while nothing is broken; inside of a fault's window another one, or none where lag
/// is the fault. A beat that was never attempted, or not yet sent when the read ended, breaks it: the value came from nowhere. While no beat
/// is acknowledged nothing can be stale, so beats and reads are needed on both sides of the fault.
/// </remarks>
public static class StaleRead
{
    /// <summary>Share of the scheduled reads that is needed, over the time in which the endpoint answered.</summary>
    public const double LeastShare = 0.8;

    private const int Shown = 10;

    /// <summary>Judges one heartbeat.</summary>
    /// <param name="history">Its beats and reads; null when none ran.</param>
    /// <param name="faults">What was broken while it ran; at least one.</param>
    /// <param name="objectives">The limit while nothing is broken.</param>
    /// <param name="mostSecondsInside">The limit inside of a fault's window, seconds; null when there is none, because the fault makes lag on purpose.</param>
    public static Verdict Check(HeartbeatHistory? history, IReadOnlyList<FaultWindow> faults, Objectives objectives, double? mostSecondsInside)
    {
        if (history is null)
        {
            return Verdict.Unknown("stale read unknown: no heartbeat ran.");
        }

        var after = string.Join(" and ", faults.Select(f => f.Fault).Take(3));
        var objective = string.Create(CultureInfo.InvariantCulture, $"<= {objectives.StaleReadSeconds:0.##} s outside of a fault")
            + (mostSecondsInside is { } most ? string.Create(CultureInfo.InvariantCulture, $", <= {most:0.##} s inside") : "");
        var ages = ReadAge.Of(history, faults);
        var measured = Measured(ages);
        string[] servers = [.. ages.GroupBy(a => a.Read.Server ?? "unknown").OrderBy(g => g.Key, StringComparer.Ordinal).Select(Summary)];
        var inventions = FromNowhere(history).Take(Shown).ToList();
        var wrongs = inventions
            .Concat(TooOld(ages, (double)objectives.StaleReadSeconds, isInside: false))
            .Concat(mostSecondsInside is { } limit ? TooOld(ages, limit, isInside: true) : [])
            .Take(Shown).ToList();
        if (wrongs.Count > 0)
        {
            var wrong = Verdict.Broken($"stale read in {after}: {wrongs[0]}.", objective, measured, [.. wrongs, .. servers]);
            return wrong with { IsLate = inventions.Count == 0 };
        }

        var doubts = Doubts(history, ages, faults).ToList();
        return doubts.Count > 0
            ? Verdict.Unknown($"stale read unknown in {after}: {doubts[0]}.", objective, details: [.. doubts, .. servers])
            : Verdict.Holds(
                string.Create(CultureInfo.InvariantCulture, $"{ages.Count:N0} reads of the read-only endpoint in {after}: {measured}."), objective, measured, servers);
    }

    /// <summary>Judges the heartbeat of one fault.</summary>
    public static Verdict Check(FaultHistory fault, Objectives objectives) =>
        Check(fault.Heartbeat, [FaultWindow.Of(fault.Record)], objectives, (double)objectives.StaleReadWhileBrokenSeconds);

    /// <summary>Judges the heartbeats of all faults together.</summary>
    public static Verdict CheckAll(IReadOnlyList<FaultHistory> faults, Objectives objectives) =>
        Verdict.Together([.. faults.Select(f => Check(f, objectives).Under(f.Name))], "stale read unknown: no fault was recorded.", () =>
        {
            var ages = faults.SelectMany(f => ReadAge.Of(f.Heartbeat!, [FaultWindow.Of(f.Record)])).ToList();
            var measured = Measured(ages);
            return (string.Create(CultureInfo.InvariantCulture, $"{ages.Count:N0} reads of the read-only endpoint in {faults.Count} faults: {measured}."), measured);
        });

    private static string Measured(IReadOnlyList<ReadAge> ages) => $"worst {Worst(ages, isInside: false)} outside, {Worst(ages, isInside: true)} inside";

    private static IEnumerable<string> FromNowhere(HeartbeatHistory history)
    {
        var sentMs = history.Beats.ToDictionary(b => b.Id, b => b.SentMs);
        foreach (var read in history.Reads.Where(r => r.Beat is > 0))
        {
            if (!sentMs.TryGetValue(read.Beat!.Value, out var at))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{read.Server} showed beat {read.Beat} at +{read.SentMs / 1000:0.000} s, which was never attempted");
            }
            else if (at > read.EndedMs)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{read.Server} showed beat {read.Beat} at +{read.SentMs / 1000:0.000} s, which was sent at +{at / 1000:0.000} s");
            }
        }
    }

    /// <summary>The worst of each server: what follows one stale read says the same again.</summary>
    private static IEnumerable<string> TooOld(IEnumerable<ReadAge> ages, double mostSeconds, bool isInside) => ages
        .Where(a => a.IsInside == isInside && a.Seconds > mostSeconds)
        .GroupBy(a => a.Read.Server)
        .Select(server => (Worst: server.MaxBy(a => a.Seconds)!, Count: server.Count()))
        .OrderByDescending(s => s.Worst.Seconds)
        .Select(s => string.Create(
            CultureInfo.InvariantCulture,
            $"{s.Worst.Read.Server} showed beat {s.Worst.Read.Beat} at +{s.Worst.Read.SentMs / 1000:0.000} s, {s.Worst.Seconds:0.00} s old {(isInside ? "inside" : "outside")} of the fault, the worst of {s.Count:N0}; {mostSeconds:0.##} s are allowed"));

    private static IEnumerable<string> Doubts(HeartbeatHistory history, IReadOnlyList<ReadAge> ages, IReadOnlyList<FaultWindow> faults)
    {
        if (history.IsTorn)
        {
            yield return "a history lost its last line";
        }

        if (faults.Doubt() is { } doubt)
        {
            yield return doubt;
            yield break;
        }

        var (fromMs, toMs) = (faults.FirstInjectedMs(), faults.LastHealedMs());
        var acknowledged = history.Beats.Where(b => b.Outcome == Outcome.Acknowledged).ToList();
        if (!acknowledged.Any(b => b.EndedMs < fromMs))
        {
            yield return "no beat was acknowledged before the fault";
        }

        if (!acknowledged.Any(b => b.SentMs > toMs))
        {
            yield return "no beat was acknowledged after the heal";
        }

        if (!ages.Any(a => a.Read.IsStandby == true && a.Read.EndedMs < fromMs))
        {
            yield return "no standby was read before the fault";
        }

        if (!ages.Any(a => a.Read.IsStandby == true && a.Read.SentMs > toMs))
        {
            yield return "no standby was read after the heal";
        }

        if (Share(history) is var share && share < LeastShare)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{share:P0} of the scheduled reads were made while the endpoint answered; {LeastShare:P0} are needed");
        }
    }

    /// <summary>Reads with an answer over those that the schedule had, but for the time that reads without an answer took.</summary>
    private static double Share(HeartbeatHistory history)
    {
        var reads = history.Reads.OrderBy(r => r.SentMs).ToList();
        var answeredMs = reads.Zip(reads.Skip(1)).Where(p => p.First.Beat is not null).Sum(p => p.Second.SentMs - p.First.SentMs);
        var scheduled = answeredMs / history.Record.ReadPeriodMs;
        return reads.Count(r => r.Beat is not null) / Math.Max(1, scheduled);
    }

    private static string Worst(IReadOnlyList<ReadAge> ages, bool isInside) =>
        ages.Where(a => a.IsInside == isInside).MaxBy(a => a.Seconds) is { } worst ? string.Create(CultureInfo.InvariantCulture, $"{worst.Seconds:0.00} s") : "no read";

    private static string Summary(IGrouping<string, ReadAge> server)
    {
        var worst = server.MaxBy(a => a.Seconds)!;
        var role = server.All(a => a.Read.IsStandby == true) ? "" : server.Any(a => a.Read.IsStandby == true) ? ", not always as standby" : ", as primary";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{server.Key}{role}: {server.Count():N0} reads, worst {Worst([.. server], isInside: false)} outside, {Worst([.. server], isInside: true)} inside; the oldest at +{worst.Read.SentMs / 1000:0.000} s");
    }
}

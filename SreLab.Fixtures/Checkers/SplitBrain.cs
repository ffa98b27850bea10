using System.Globalization;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>Two members never act as primary at once.</summary>
/// <remarks>
/// Method: the probe tries to commit on every member directly, without waiting for a standby, so that a member that believes itself
/// primary says so even when it is cut off. An accepted attempt proves a primary at some moment between sent and answered. Broken when
/// accepted attempts of two members overlap, when a member accepts on an older timeline after another accepted on a newer one, or when
/// the ledger is acknowledged on an older timeline after a newer one acknowledged. A member that was not asked, or not often enough, proves nothing.
/// A second probe commits as clients do, waiting for the standbys. Where a fault stops the very program that makes a primary stand down, the
/// first one must find the old primary willing: only a watchdog could prevent that. What is judged then is whether anything was acknowledged.
/// </remarks>
public static class SplitBrain
{
    /// <summary>The longest time for which a member may go unasked; the probe asks about every 0.1 s, and a lease lives 20 s.</summary>
    public static TimeSpan LongestBlindSpot { get; } = TimeSpan.FromSeconds(5);

    private const string Objective = "0 moments with two primaries";

    /// <summary>Judges one fault.</summary>
    public static Verdict Check(FaultHistory history)
    {
        var accepted = history.Probe.Where(p => p.Accepted && !p.IsSynchronous).OrderBy(p => p.SentMs).ToList();
        var isFenced = FaultCatalogue.Find(history.Record.Kind) is not { StopsFencing: true };
        var wrongs = (isFenced ? Overlaps(accepted).Concat(OldAfterNew(accepted)) : []).Concat(AcknowledgedOnOldTimeline(history)).ToList();
        if (wrongs.Count > 0)
        {
            return Verdict.Broken(
                $"split brain in {history.Name}: {wrongs[0]}.",
                Objective,
                string.Create(CultureInfo.InvariantCulture, $"{wrongs.Count} findings"),
                [.. wrongs.Take(10).Select(w => $"{history.Name}: {w}")]);
        }

        var doubts = Doubts(history, accepted).ToList();
        return doubts.Count > 0
            ? Verdict.Unknown($"split brain unknown in {history.Name}: {doubts[0]}.", Objective, details: [.. doubts.Select(d => $"{history.Name}: {d}")])
            : Verdict.Holds(
                string.Create(CultureInfo.InvariantCulture, $"never two primaries in {history.Name}: {history.Probe.Count:N0} attempts on {history.Record.MembersAfter.Count} members, {accepted.Count:N0} accepted."),
                Objective,
                "0 moments",
                [
                    string.Create(CultureInfo.InvariantCulture, $"{history.Name}: {history.Probe.Count:N0} attempts, {accepted.Count:N0} accepted by {string.Join(", then ", accepted.Select(a => a.Member).Distinct())}"),
                    .. isFenced ? [] : LocalCommits(history.Name, accepted),
                ]);
    }

    /// <summary>Judges all faults together: any broken wins, then any unknown.</summary>
    public static Verdict CheckAll(IReadOnlyList<FaultHistory> histories)
    {
        var verdicts = histories.Select(Check).ToList();
        return Verdict.Together(verdicts, "split brain unknown: no fault was recorded.", () => (
            string.Create(CultureInfo.InvariantCulture, $"never two primaries: {histories.Sum(h => h.Probe.Count):N0} attempts to write over {histories.Count} faults."),
            verdicts[0].Measured));
    }

    private static IEnumerable<string> Overlaps(List<ProbeAttempt> accepted)
    {
        for (var i = 0; i < accepted.Count; i++)
        {
            for (var j = i + 1; j < accepted.Count && accepted[j].SentMs <= accepted[i].EndedMs; j++)
            {
                if (accepted[i].Member != accepted[j].Member)
                {
                    yield return $"{Describe(accepted[i])} and {Describe(accepted[j])} overlap";
                }
            }
        }
    }

    private static IEnumerable<string> OldAfterNew(List<ProbeAttempt> accepted)
    {
        var newest = accepted.FirstOrDefault();
        foreach (var attempt in accepted.Skip(1))
        {
            if (attempt.Timeline < newest!.Timeline)
            {
                yield return $"{Describe(attempt)} came after {Describe(newest)}";
            }
            else if (attempt.Timeline == newest.Timeline && attempt.Member != newest.Member)
            {
                yield return $"{Describe(attempt)} shares its timeline with {Describe(newest)}";
            }
            else if (attempt.Timeline > newest.Timeline)
            {
                newest = attempt;
            }
        }
    }

    /// <summary>For how long the old primary went on taking local commits beside the new one: told, not judged.</summary>
    private static IEnumerable<string> LocalCommits(string name, List<ProbeAttempt> accepted)
    {
        var newest = accepted.Max(a => a.Timeline);
        if (accepted.FirstOrDefault(a => a.Timeline == newest) is { } first && accepted.LastOrDefault(a => a.Timeline < newest && a.EndedMs > first.SentMs) is { } last)
        {
            yield return FormattableString.Invariant($"{name}: {last.Member} took local commits until {(last.EndedMs - first.SentMs) / 1000:0.0} s after {first.Member} took the first, and acknowledged none");
        }
    }

    private static IEnumerable<string> AcknowledgedOnOldTimeline(FaultHistory history)
    {
        var writes = history.Operations.Where(o => o.Outcome == Outcome.Acknowledged && ServerIdentity.TimelineOf(o.Server) is not null)
            .Select(o => (What: FormattableString.Invariant($"write {o.Id}"), By: o.Server!, Timeline: ServerIdentity.TimelineOf(o.Server)!.Value, AtMs: o.EndedMs));
        var probes = history.Probe.Where(p => p is { Accepted: true, IsSynchronous: true })
            .Select(p => (What: "a synchronous commit of the probe", By: $"{p.Member} itself", p.Timeline, AtMs: p.EndedMs));
        (int Timeline, string By, double AtMs)? newest = null;
        foreach (var (what, by, timeline, atMs) in writes.Concat(probes).OrderBy(w => w.AtMs))
        {
            if (newest is null || timeline > newest.Value.Timeline)
            {
                newest = (timeline, by, atMs);
            }
            else if (timeline < newest.Value.Timeline)
            {
                yield return FormattableString.Invariant($"{what} was acknowledged by {by} at +{atMs / 1000:0.000} s, after {newest.Value.By} at +{newest.Value.AtMs / 1000:0.000} s");
            }
        }
    }

    private static IEnumerable<string> Doubts(FaultHistory history, List<ProbeAttempt> accepted)
    {
        if (history.Record.MembersAfter.Count == 0)
        {
            yield return "the members were not recorded";
        }

        var until = history.Record.HealedMs ?? history.Operations.Select(o => o.EndedMs).DefaultIfEmpty(history.Record.SeenMs).Max();
        foreach (var member in history.Record.MembersAfter.Select(m => m.Name))
        {
            var asked = history.Probe.Where(p => p.Member == member && !p.IsSynchronous).Select(p => p.EndedMs)
                .Where(at => at >= history.Record.InjectedMs && at <= until).Order().ToList();
            double[] marks = [history.Record.InjectedMs, .. asked, until];
            var blind = marks.Zip(marks.Skip(1), (a, b) => b - a).Max();
            if (asked.Count == 0)
            {
                yield return $"{member} was never asked during the fault";
            }
            else if (blind > LongestBlindSpot.TotalMilliseconds)
            {
                yield return FormattableString.Invariant($"{member} was not asked for {blind / 1000:0.0} s");
            }
        }

        if (accepted.Count == 0)
        {
            yield return "no attempt was accepted anywhere, so the probe has not shown that it can see a primary";
        }
        else if (!accepted.Any(a => a.SentMs >= history.Record.SeenMs))
        {
            yield return "no attempt was accepted after the fault";
        }

        if (FaultCatalogue.Find(history.Record.Kind) is { StopsFencing: true }
            && !history.Probe.Any(p => p.IsSynchronous && p.Member == history.Record.OldPrimary && p.EndedMs > history.Record.InjectedMs))
        {
            yield return $"{history.Record.OldPrimary} was not asked for a commit that waits for standbys, and nothing else could show whether it acknowledged one";
        }

        if (history.IsTorn)
        {
            yield return "a history lost its last line";
        }
    }

    private static string Describe(ProbeAttempt attempt) =>
        FormattableString.Invariant($"{attempt.Member} on timeline {attempt.Timeline} at +{attempt.SentMs / 1000:0.000} s");
}

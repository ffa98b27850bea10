using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>What has to follow a fault follows: a standby takes over or does not, and writes come back or stop, as the catalogue says.</summary>
/// <remarks>
/// Method: a takeover is another leader on a newer timeline; who leads again when the fault was taken back, two timelines later and after another member
/// was seen promoted, was taken over and took over again. Writes stop when no write that was sent later than the fault's allowance is
/// acknowledged before the fault is taken back; they come back when one is. Too little time or no attempt while the fault lasted proves nothing.
/// </remarks>
public static class FaultCourses
{
    /// <summary>Shortest time between the allowance and the end of a fault in which "nothing was acknowledged" means something.</summary>
    public static TimeSpan ShortestSilence { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Judges one fault.</summary>
    /// <param name="history">The fault.</param>
    /// <param name="entry">What has to follow.</param>
    public static Verdict Check(FaultHistory history, FaultEntry entry)
    {
        var record = history.Record;
        var objective = Objective(entry);
        if (record.OldPrimary.Length == 0 || record.TimelineBefore <= 0 || record.MembersAfter.Count == 0)
        {
            return Verdict.Unknown($"course unknown in {history.Name}: the cluster before or after was not recorded.", objective);
        }

        if (history.Missed is { } missed)
        {
            return Verdict.Unknown($"course unknown: {missed}.", objective);
        }

        var tookOver = record.NewPrimary != record.OldPrimary || record.TimelineAfter > record.TimelineBefore;
        var measured = tookOver
            ? FormattableString.Invariant($"{record.OldPrimary} on timeline {record.TimelineBefore}, then {record.NewPrimary} on {record.TimelineAfter}")
            : FormattableString.Invariant($"{record.OldPrimary} leads throughout");
        string? wrong = entry.Takeover switch
        {
            Takeover.Required when record.TimelineAfter <= record.TimelineBefore || (record.NewPrimary == record.OldPrimary && !TookOverTwice(record)) => $"nobody took over: {measured}",
            Takeover.Forbidden when tookOver => $"somebody took over without need: {measured}",
            _ => null,
        };
        if (wrong is not null)
        {
            return Verdict.Broken($"course broken in {history.Name}: {wrong}.", objective, measured, $"{history.Name}: {measured}");
        }

        var writes = entry.Writes switch
        {
            WritesDuring.Stop => Stopped(history, entry, objective),
            WritesDuring.Return => Returned(history, objective),
            _ => null,
        };
        return writes ?? Verdict.Holds($"{measured} in {history.Name}.", objective, measured, $"{history.Name}: {record.SeenAs}; {measured}");
    }

    /// <summary>Judges all faults of a kind together.</summary>
    public static Verdict CheckAll(IReadOnlyList<FaultHistory> histories, FaultEntry entry) =>
        Verdict.Together([.. histories.Select(h => Check(h, entry))], $"course unknown: no {entry.Kind} was recorded.");

    private static Verdict? Stopped(FaultHistory history, FaultEntry entry, string objective)
    {
        var from = history.Record.InjectedMs + entry.StopsWithin.TotalMilliseconds;
        if (history.Record.RecoveredMs is not { } until || until - from < ShortestSilence.TotalMilliseconds)
        {
            return Verdict.Unknown($"course unknown in {history.Name}: the fault was taken back before silence could be shown.", objective);
        }

        var during = history.Operations.Where(o => o.SentMs >= from && o.EndedMs <= until).ToList();
        var acknowledged = during.Where(o => o.Outcome == Outcome.Acknowledged).ToList();
        return acknowledged.Count > 0
            ? Verdict.Broken(
                string.Create(CultureInfo.InvariantCulture, $"course broken in {history.Name}: {acknowledged.Count} writes were acknowledged while nobody could confirm them, the first by {acknowledged[0].Server} at +{acknowledged[0].EndedMs / 1000:0.000} s."),
                objective,
                string.Create(CultureInfo.InvariantCulture, $"{acknowledged.Count} acknowledged"))
            : !history.Operations.Any(o => o.ScheduledMs >= from && o.ScheduledMs <= until)
                ? Verdict.Unknown($"course unknown in {history.Name}: no write was tried while it lasted.", objective)
                : null;
    }

    private static Verdict? Returned(FaultHistory history, string objective)
    {
        var until = history.Record.RecoveredMs ?? history.Record.HealedMs;
        var from = Math.Max(history.Record.SeenMs, history.Record.PromotedMs ?? 0);
        return history.Operations.Any(o => o.Outcome == Outcome.Acknowledged && o.SentMs > from && (until is null || o.EndedMs <= until))
            ? null
            : Verdict.Broken($"course broken in {history.Name}: no write was acknowledged while it lasted.", objective, "no write");
    }

    // To undo a change of every instance is another change of every instance.
    private static bool TookOverTwice(FaultRecord record) => record.TimelineAfter >= record.TimelineBefore + 2 && record.PromotedMs is not null;

    private static string Objective(FaultEntry entry)
    {
        var takeover = entry.Takeover switch
        {
            Takeover.Required => "a standby takes over",
            Takeover.Forbidden => "nobody takes over",
            _ => "a takeover is possible",
        };
        return entry.Writes switch
        {
            WritesDuring.Stop => string.Create(CultureInfo.InvariantCulture, $"{takeover}; no write is acknowledged from {entry.StopsWithin.TotalSeconds:0} s on until it is taken back"),
            WritesDuring.Return => $"{takeover}; writes are acknowledged while it lasts",
            _ => takeover,
        };
    }
}

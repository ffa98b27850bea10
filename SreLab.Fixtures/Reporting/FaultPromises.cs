using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Reporting;

/// <summary>What is promised of one fault of the catalogue. The two kills have promises of their own, with objectives of their own.</summary>
/// <param name="Kind">Which fault.</param>
/// <param name="Course">A standby takes over or does not, and writes go on, come back or stop, as the catalogue says.</param>
/// <param name="Durability">Nothing acknowledged is lost.</param>
/// <param name="OnePrimary">Never two primaries.</param>
/// <param name="Outage">Worst outage.</param>
/// <param name="Whole">The cluster becomes whole again.</param>
/// <param name="Content">Same content afterwards.</param>
/// <param name="Bank">Every read on every member shows whole transactions only.</param>
/// <param name="Staleness">What the read-only endpoint shows is not older than promised.</param>
/// <param name="Logs">Members log no panic, no damage, no crash.</param>
public sealed record FaultPromises(string Kind, Promise Course, Promise Durability, Promise OnePrimary, Promise Outage, Promise Whole, Promise Content, Promise Bank, Promise Staleness, Promise Logs)
{
    private static readonly Lazy<IReadOnlyList<FaultPromises>> Everything = new(() =>
        [.. FaultCatalogue.All.Where(e => e.Kind is not (FaultKinds.KillPostmaster or FaultKinds.KillMember)).Select(Make)]);

    /// <summary>Those of every fault, in the order of the catalogue.</summary>
    public static IReadOnlyList<FaultPromises> All => Everything.Value;

    /// <summary>All of one fault.</summary>
    public IReadOnlyList<Promise> Each => [Course, Durability, OnePrimary, Outage, Whole, Content, Bank, Staleness, Logs];

    /// <summary>Those of a kind.</summary>
    public static FaultPromises Of(string kind) => All.First(p => p.Kind == kind);

    private static FaultPromises Make(FaultEntry entry)
    {
        return new FaultPromises(
            entry.Kind,
            Of("course", entry.Takeover switch
            {
                Takeover.Required => "a standby takes over",
                Takeover.Forbidden when entry.Writes == WritesDuring.Stop => "writes stop while it lasts, and nobody takes over",
                Takeover.Forbidden => "writes go on or come back, and nobody takes over",
                _ => "what follows is recorded",
            }, (f, _) => FaultCourses.CheckAll(f, entry)),
            Of("durability", "every acknowledged write is on every member", Checkers.Durability.CheckAll),
            Of("one-primary", "no two members accept writes at once", (f, _) => SplitBrain.CheckAll(f)),
            Of("outage", "worst write outage", (f, o) => WriteOutage.CheckWorst(f, entry.Kind, o)) with { TimedIn = TimedIn.Fault(entry.Kind) },
            Of("whole", "the cluster becomes whole again", (f, _) => Rejoin.CheckAll([.. f.Select(h => h.Record)])),
            Of("content", "every member holds the same content", (f, _) => ContentAgreement.CheckAll(f)),
            Of("bank", "every read on every member shows the bank's total", (f, _) => Checkers.Bank.CheckAll(f)),
            Of("staleness", "what the read-only endpoint shows is fresh again once it is over", StaleRead.CheckAll) with { TimedIn = TimedIn.Fault(entry.Kind) },
            Of("logs", "members log no panic, no damage and no crash that it does not explain", (f, _) => FaultLogs.CheckAll(f)) with { Needs = Capability.ServerLogs });

        Promise Of(string id, string text, Func<IReadOnlyList<FaultHistory>, Objectives, Verdict> judge) =>
            Promises.OfFault($"{entry.Kind}-{id}", entry, $"{char.ToUpperInvariant(entry.Title[0])}{entry.Title[1..]}: {text}", judge);
    }
}

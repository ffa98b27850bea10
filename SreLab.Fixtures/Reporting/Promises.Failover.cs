using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Reporting;

/// <summary>What is promised when the primary is killed; <see cref="FaultPromises"/> has the rest of the catalogue.</summary>
public static partial class Promises
{
    /// <summary>A standby takes over from a dead postmaster.</summary>
    public static Promise PostmasterPromotion { get; } =
        Killed("postmaster-promotion", "Postmaster killed: a standby is promoted", FaultKinds.KillPostmaster, (f, _) => Promotion.CheckAll(Records(f))) with { Needs = Capability.PostmasterFailover };

    /// <summary>Nothing acknowledged is lost.</summary>
    public static Promise PostmasterDurability { get; } =
        Killed("postmaster-durability", "Postmaster killed: every acknowledged write is on every member", FaultKinds.KillPostmaster, Durability.CheckAll) with { IsHeadline = true };

    /// <summary>Never two primaries.</summary>
    public static Promise PostmasterOnePrimary { get; } =
        Killed("postmaster-one-primary", "Postmaster killed: no two members accept writes at once", FaultKinds.KillPostmaster, (f, _) => SplitBrain.CheckAll(f)) with { IsHeadline = true };

    /// <summary>Worst outage.</summary>
    public static Promise PostmasterOutage { get; } =
        Killed("postmaster-outage-worst", "Postmaster killed: worst write outage", FaultKinds.KillPostmaster, WriteOutage.CheckPostmasterWorst) with { TimedIn = TimedIn.Fault(FaultKinds.KillPostmaster), IsHeadline = true };

    /// <summary>Median outage.</summary>
    public static Promise PostmasterOutageMedian { get; } =
        Killed("postmaster-outage-median", "Postmaster killed: median write outage", FaultKinds.KillPostmaster, WriteOutage.CheckPostmasterMedian) with { TimedIn = TimedIn.Fault(FaultKinds.KillPostmaster), IsOfRepeats = true };

    /// <summary>The old primary comes back as a standby.</summary>
    public static Promise PostmasterRejoin { get; } =
        Killed("postmaster-rejoin", "Postmaster killed: the old primary rejoins", FaultKinds.KillPostmaster, (f, _) => Rejoin.CheckAll(Records(f))) with { Needs = Capability.PostmasterFailover };

    /// <summary>Same content afterwards.</summary>
    public static Promise PostmasterContent { get; } =
        Killed("postmaster-content", "Postmaster killed: every member holds the same content", FaultKinds.KillPostmaster, (f, _) => ContentAgreement.CheckAll(f));

    /// <summary>Whole transactions only.</summary>
    public static Promise PostmasterBank { get; } =
        Killed("postmaster-bank", "Postmaster killed: every read on every member shows the bank's total", FaultKinds.KillPostmaster, (f, _) => Bank.CheckAll(f));

    /// <summary>Fresh reads.</summary>
    public static Promise PostmasterStaleness { get; } =
        Killed("postmaster-staleness", "Postmaster killed: what the read-only endpoint shows is fresh again once it is over", FaultKinds.KillPostmaster, StaleRead.CheckAll) with { TimedIn = TimedIn.Fault(FaultKinds.KillPostmaster), Needs = Capability.Standbys };

    /// <summary>Clean logs.</summary>
    public static Promise PostmasterLogs { get; } =
        Killed("postmaster-logs", "Postmaster killed: members log no panic, no damage and no crash that it does not explain", FaultKinds.KillPostmaster, (f, _) => FaultLogs.CheckAll(f)) with { Needs = Capability.ServerLogs };

    /// <summary>A standby takes over from a dead member.</summary>
    public static Promise MemberPromotion { get; } =
        Killed("member-promotion", "Member killed: a standby is promoted", FaultKinds.KillMember, (f, _) => Promotion.CheckAll(Records(f)));

    /// <summary>Nothing acknowledged is lost.</summary>
    public static Promise MemberDurability { get; } =
        Killed("member-durability", "Member killed: every acknowledged write is on every member", FaultKinds.KillMember, Durability.CheckAll) with { IsHeadline = true };

    /// <summary>Never two primaries.</summary>
    public static Promise MemberOnePrimary { get; } =
        Killed("member-one-primary", "Member killed: no two members accept writes at once", FaultKinds.KillMember, (f, _) => SplitBrain.CheckAll(f)) with { IsHeadline = true };

    /// <summary>Worst outage.</summary>
    public static Promise MemberOutage { get; } =
        Killed("member-outage-worst", "Member killed: worst write outage", FaultKinds.KillMember, WriteOutage.CheckMemberWorst) with { TimedIn = TimedIn.Fault(FaultKinds.KillMember), IsHeadline = true };

    /// <summary>Outage against the lease that was left.</summary>
    public static Promise MemberOutageLease { get; } =
        Killed("member-outage-lease", "Member killed: outage over (lease left + 1 s)", FaultKinds.KillMember, WriteOutage.CheckMemberLeaseRatio) with { TimedIn = TimedIn.Fault(FaultKinds.KillMember), IsHeadline = true, Needs = Capability.Lease };

    /// <summary>The old primary comes back as a standby.</summary>
    public static Promise MemberRejoin { get; } =
        Killed("member-rejoin", "Member killed: the old primary rejoins", FaultKinds.KillMember, (f, _) => Rejoin.CheckAll(Records(f)));

    /// <summary>Same content afterwards.</summary>
    public static Promise MemberContent { get; } =
        Killed("member-content", "Member killed: every member holds the same content", FaultKinds.KillMember, (f, _) => ContentAgreement.CheckAll(f));

    /// <summary>Whole transactions only.</summary>
    public static Promise MemberBank { get; } =
        Killed("member-bank", "Member killed: every read on every member shows the bank's total", FaultKinds.KillMember, (f, _) => Bank.CheckAll(f));

    /// <summary>Fresh reads.</summary>
    public static Promise MemberStaleness { get; } =
        Killed("member-staleness", "Member killed: what the read-only endpoint shows is fresh again once it is over", FaultKinds.KillMember, StaleRead.CheckAll) with { TimedIn = TimedIn.Fault(FaultKinds.KillMember), Needs = Capability.Standbys };

    /// <summary>Clean logs.</summary>
    public static Promise MemberLogs { get; } =
        Killed("member-logs", "Member killed: members log no panic, no damage and no crash that it does not explain", FaultKinds.KillMember, (f, _) => FaultLogs.CheckAll(f)) with { Needs = Capability.ServerLogs };

    private static IReadOnlyList<Promise> OfFaults =>
    [
        PostmasterPromotion, PostmasterDurability, PostmasterOnePrimary, PostmasterOutage, PostmasterOutageMedian, PostmasterRejoin, PostmasterContent, PostmasterBank, PostmasterStaleness, PostmasterLogs,
        MemberPromotion, MemberDurability, MemberOnePrimary, MemberOutage, MemberOutageLease, MemberRejoin, MemberContent, MemberBank, MemberStaleness, MemberLogs,
        .. FaultPromises.All.SelectMany(f => f.Each),
    ];

    private static Promise Killed(string id, string text, string kind, Func<IReadOnlyList<FaultHistory>, Objectives, Verdict> judge) =>
        Of(id, Stages.Failover, text, (e, o) => judge([.. e.Histories.Where(h => h.Record.Kind == kind)], o)) with
        {
            Needs = kind == FaultKinds.KillPostmaster ? Capability.KillPostmaster : Capability.KillMember,
        };

    /// <summary>A promise about one fault of the catalogue.</summary>
    internal static Promise OfFault(string id, FaultEntry entry, string text, Func<IReadOnlyList<FaultHistory>, Objectives, Verdict> judge) =>
        Of(id, entry.IsPlanned ? Stages.Switchover : Stages.Failover, text, (e, o) => judge([.. e.Histories.Where(h => h.Record.Kind == entry.Kind)], o)) with
        {
            Needs = entry.Needs,
            Subject = entry.Kind,
        };

    private static IReadOnlyList<FaultRecord> Records(IReadOnlyList<FaultHistory> faults) => [.. faults.Select(f => f.Record)];
}

using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>What is known of a fault before it is injected.</summary>
internal static class FaultRecordStart
{
    /// <summary>A record with everything that comes later still open.</summary>
    public static FaultRecord Of(string kind, int repeat, MemberState before, PatroniTimings timings, FaultLoad load, HistoryClock clock) => new()
    {
        Kind = kind,
        Repeat = repeat,
        Signalled = "nothing yet",
        StartedUtc = clock.StartedUtc,
        InjectedMs = 0,
        SeenMs = 0,
        NewLeaderMs = null,
        PromotedMs = null,
        RecoveredMs = null,
        HealedMs = null,
        OldPrimary = before.Member.Name,
        NewPrimary = Member.None.Name,
        TimelineBefore = before.Timeline,
        TimelineAfter = 0,
        LeaseLeftSeconds = null,
        TtlSeconds = timings.TtlSeconds,
        LoopWaitSeconds = timings.LoopWaitSeconds,
        HistoryFile = load.HistoryFile,
        ProbeFile = load.ProbeFile,
        ReadBackFiles = new Dictionary<string, string>(),
        MembersAfter = [],
        HashesByMember = new Dictionary<string, IReadOnlyDictionary<string, string>>(),
        Events = [],
    };
}

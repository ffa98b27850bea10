using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>Records of an alert stage in which everything went well; <c>with</c> makes the others.</summary>
internal static class AlertRecords
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    internal static AlertsRecord Good { get; } = new()
    {
        Selected = ["NoPrimary", "TargetDown"],
        Rules = ["NoPrimary", "TargetDown"],
        Terms = new ChainTerms(1, 1, 0, 1),
        Quiet = [Quiet("idle", 0), Quiet("loaded", 9000)],
        Chains = [Chain("NoPrimary", 5), Chain("TargetDown", 0)],
        Uncaused = [],
    };

    internal static QuietRecord Quiet(string kind, long operations) => new()
    {
        Kind = kind,
        StartedUtc = Start,
        EndedUtc = Start.AddSeconds(60),
        Operations = operations,
        HealthyRules = 2,
        Fired = [],
        Delivered = [],
    };

    internal static AlertChainRecord Chain(string alert, double forSeconds) => new()
    {
        Alert = alert,
        Severity = "page",
        Cause = "something was done to pg-1",
        Condition = "something is wrong",
        Labels = new Dictionary<string, string> { ["alertname"] = alert },
        ForSeconds = forSeconds,
        CausedUtc = Start,
        ConditionUtc = Start.AddSeconds(1),
        PendingUtc = Start.AddSeconds(2),
        FiringUtc = Start.AddSeconds(2 + forSeconds),
        DeliveredUtc = Start.AddSeconds(2.1 + forSeconds),
        HealedUtc = Start.AddSeconds(20),
        ConditionGoneUtc = Start.AddSeconds(20),
        ResolvedUtc = Start.AddSeconds(22),
    };
}

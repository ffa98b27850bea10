using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Lab;

/// <summary>The stages of a run. This file is the only place where their order and their needs exist.</summary>
public static class Stages
{
    /// <summary>The trait by which a Make target, or a person, picks a stage.</summary>
    public const string Trait = "Stage";

    /// <summary>Is this machine able: packages, addresses, disk. Starts a new run folder.</summary>
    public const string Preflight = "00-preflight";

    /// <summary>The lab comes up and is highly available.</summary>
    public const string Up = "10-up";

    /// <summary>A million realistic rows.</summary>
    public const string Seed = "20-seed";

    /// <summary>Throughput and latency against the objectives.</summary>
    public const string Bench = "30-bench";

    /// <summary>The primary is lost while clients write.</summary>
    public const string Failover = "40-failover";

    /// <summary>Planned work while clients write: a switchover, a restart of every member.</summary>
    public const string Switchover = "50-switchover";

    /// <summary>Services on the lab's database, healthy and with each of their defects.</summary>
    public const string Workloads = "55-workloads";

    /// <summary>Every alert is caused for real and followed to the receiver; a quiet lab raises none.</summary>
    public const string Alerts = "60-alerts";

    /// <summary>Backups are taken, and restored beside the lab; last of all every member is lost.</summary>
    public const string Backup = "70-backup";

    /// <summary>What only a platform can promise: placement, policies, accounts, updates, scaling.</summary>
    public const string Platform = "80-platform";

    /// <summary>The report; runs always, and says what is missing.</summary>
    public const string Report = "90-report";

    /// <summary>Nothing of the lab is left; runs always.</summary>
    public const string Down = "99-down";

    /// <summary>All stages in the order in which they run.</summary>
    public static IReadOnlyList<string> InOrder { get; } = [Preflight, Up, Seed, Bench, Failover, Switchover, Workloads, Alerts, Backup, Platform, Report, Down];

    /// <summary>What a stage cannot do without: when one of these failed in this run, the stage is skipped with that reason.</summary>
    /// <remarks>A broken promise does not block: a slow database can still be killed. Only an experiment that could not be carried out does.</remarks>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Needs { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Preflight] = [],
        [Up] = [Preflight],
        [Seed] = [Preflight, Up],
        [Bench] = [Preflight, Up, Seed],
        [Failover] = [Preflight, Up, Seed],
        [Switchover] = [Preflight, Up, Seed],
        [Workloads] = [Preflight, Up, Seed],
        [Alerts] = [Preflight, Up, Seed],
        [Backup] = [Preflight, Up, Seed],
        [Platform] = [Preflight, Up, Seed],
        [Report] = [],
        [Down] = [],
    };

    /// <summary>Stages in which faults and alerts are followed second by second; the others see the lab as it is shipped (ADR 0030).</summary>
    public static IReadOnlySet<string> WatchedClosely { get; } = new HashSet<string>(StringComparer.Ordinal) { Failover, Switchover, Alerts, Backup };

    /// <summary>What a stage cannot do without on a target; one that lacks it skips the stage with its reason.</summary>
    public static IReadOnlyDictionary<string, Capability> NeedsOfTarget { get; } = new Dictionary<string, Capability>
    {
        [Switchover] = Capability.PlannedWork,
        [Workloads] = Capability.Workloads,
        [Alerts] = Capability.Monitoring,
        [Backup] = Capability.Backups,
        [Platform] = Capability.Platform,
    };
}

namespace SreLab.Fixtures.Lab;

/// <summary>The stages of a run. This file is the only place where their order exists.</summary>
public static class Stages
{
    /// <summary>Is this machine able: packages, addresses, disk.</summary>
    public const string Preflight = "00-preflight";

    /// <summary>The lab comes up and is highly available.</summary>
    public const string Up = "10-up";

    /// <summary>A million realistic rows.</summary>
    public const string Seed = "20-seed";

    /// <summary>Throughput and latency against the objectives.</summary>
    public const string Bench = "30-bench";

    /// <summary>The primary is lost while clients write.</summary>
    public const string Failover = "40-failover";

    /// <summary>The report; runs always, and says what is missing.</summary>
    public const string Report = "90-report";

    /// <summary>Nothing of the lab is left.</summary>
    public const string Down = "99-down";

    /// <summary>All stages in the order in which they run.</summary>
    public static IReadOnlyList<string> InOrder { get; } = [Preflight, Up, Seed, Bench, Failover, Report, Down];

    /// <summary>Stages that run although an earlier one failed: the report and the teardown.</summary>
    public static IReadOnlyList<string> Always { get; } = [Report, Down];
}

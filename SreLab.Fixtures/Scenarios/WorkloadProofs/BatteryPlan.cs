using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>How closely the workloads are looked at.</summary>
internal sealed record BatteryPlan
{
    /// <summary>Names its files.</summary>
    public required string Name { get; init; }

    /// <summary>The defect that is deployed; empty for none.</summary>
    public required string Defect { get; init; }

    /// <summary>Pages to the end, every instance restarted, one started while the database refuses it.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>How long the load through the load balancer lasts.</summary>
    public required TimeSpan LoadLength { get; init; }

    /// <summary>Its requests per second.</summary>
    public required double LoadRate { get; init; }

    /// <summary>Requests to one instance directly; enough that 64 KiB of each stand out.</summary>
    public required int BurstRequests { get; init; }

    /// <summary>How many of them are in flight.</summary>
    public int BurstConcurrency { get; init; } = 32;

    /// <summary>The instance that is probed most closely, and that carries the defect.</summary>
    public static string Instance => "app-1";

    /// <summary>For workloads without a defect.</summary>
    public static BatteryPlan Whole { get; } = new()
    {
        Name = "healthy",
        Defect = "",
        IsWhole = true,
        LoadLength = TimeSpan.FromSeconds(10),
        LoadRate = 100,
        BurstRequests = 1600,
    };

    /// <summary>For one of many deployments.</summary>
    /// <param name="defect">Empty for the control.</param>
    public static BatteryPlan Short(string defect) => new()
    {
        Name = defect.Length > 0 ? defect : "control",
        Defect = defect,
        IsWhole = false,
        LoadLength = TimeSpan.FromSeconds(3),
        LoadRate = 90,
        BurstRequests = 800,
    };

    /// <summary>What is to be deployed for it.</summary>
    public WorkloadPlan Deployment => Defect.Length > 0 ? WorkloadPlan.With(Defect, Instance) : WorkloadPlan.Healthy;
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>Where faults are carried out, and where what they show goes.</summary>
public sealed record FaultScene
{
    /// <summary>A lab that is up.</summary>
    public required ILab Lab { get; init; }

    /// <summary>Writers, rate, seed.</summary>
    public required LabSettings Settings { get; init; }

    /// <summary>Where the evidence goes.</summary>
    public required RunStore Store { get; init; }

    /// <summary>Told of every change of state.</summary>
    public required IProgressLog Progress { get; init; }

    /// <summary>Folder of the evidence below the run; one folder a fault within it.</summary>
    public string Folder { get; init; } = EvidenceFiles.Failover;

    /// <summary>Whether a bank and a heartbeat run beside the ledger, and members' logs are kept; a comparison of outages does without.</summary>
    public bool HasCompanions { get; init; }

    /// <summary>Counts what the ledger's writers see; null when nobody looks.</summary>
    public ClientMetrics? Metrics { get; init; }

    /// <summary>Told from when to when something is broken.</summary>
    public FaultWindows Windows { get; init; } = new();

    /// <summary>Content hash by table, of the server behind a connection string.</summary>
    public Func<string, CancellationToken, Task<IReadOnlyDictionary<string, string>>> Hash { get; init; } = SuiteContent.ComputeAsync;

    /// <summary>Called where a self-check may plant its defect; what it returns takes the defect back.</summary>
    public Func<PlantPoint, CancellationToken, Task<IAsyncDisposable>> Plant { get; init; } = (_, _) => Task.FromResult<IAsyncDisposable>(new MemoryStream());

    /// <summary>The scene of a fixture.</summary>
    public static FaultScene Of(LabFixture fixture, string folder) => new()
    {
        Lab = fixture.Lab,
        Settings = fixture.Settings,
        Store = fixture.Run,
        Progress = fixture.Progress,
        Folder = folder,
        HasCompanions = true,
        Metrics = fixture.ClientMetrics,
        Windows = fixture.FaultWindows,
        Plant = fixture.PlantAsync,
    };
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A seeded database that was loaded by pgbench: closed loop, open loop, read only.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class BenchmarkedDatabase(LabFixture lab) : Scenario(lab, Stages.Bench)
{
    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.EnsureUpAsync(Stage, ct);
        await new Seeder().SeedAsync(Fixture.Lab, Fixture.Settings, Fixture.Progress, ct);

        Fixture.SetAside(Stages.Bench);
        await using var plant = await Fixture.PlantAsync(PlantPoint.DuringBench, ct);
        var record = await Benchmark.RunAsync(Fixture.Lab, Fixture.Settings, Fixture.Run, Fixture.Progress, Fixture.ClientMetrics, ct);
        Fixture.Run.Write(EvidenceFiles.Bench, record);
    }
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Scenarios.WorkloadProofs;
using SreLab.Fixtures.Seeding;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Workloads without a defect, looked at from every side.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class HealthyWorkloads(LabFixture lab) : WorkloadScenario(lab)
{
    /// <inheritdoc />
    protected override async Task ProbeAsync(CancellationToken ct)
    {
        var workloads = Fixture.Lab.Workloads;
        await workloads.DeployAsync(BatteryPlan.Whole.Deployment, Fixture.Progress, ct);
        Fixture.Progress.Say("workloads: probing every endpoint, then load, refused logins, restarts and a burst");
        var context = await new BatteryContext(Fixture.Lab, workloads, BatteryPlan.Whole, Fixture.Settings.Seed, Fixture.Run, Fixture.Progress).ReadAsync(ct);
        var battery = await Battery.RunAsync(context, ct);
        Fixture.Progress.Say(FormattableString.Invariant($"workloads: probed in {battery.Seconds:0} s"));
        Fixture.Run.Write(EvidenceFiles.Battery, battery);
    }
}

/// <summary>Workloads with each of their defects in turn.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class DefectiveWorkloads(LabFixture lab) : WorkloadScenario(lab)
{
    /// <inheritdoc />
    protected override async Task ProbeAsync(CancellationToken ct)
    {
        var matrix = new DefectMatrix(Fixture.Lab, Fixture.Lab.Workloads, Fixture.Settings, Fixture.Objectives, Fixture.Run, Fixture.Progress);
        var record = await matrix.RunAsync(ct);
        Fixture.Run.Write(EvidenceFiles.Defects, record);
        await File.WriteAllTextAsync(Fixture.Run.PathOf(WorkloadSection.TableFile), WorkloadSection.Whole(record, Fixture.Objectives), ct);
    }
}

/// <summary>What every experiment on the workloads begins with: a lab that is up, filled, and free of what an earlier one left.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public abstract class WorkloadScenario(LabFixture lab) : Scenario(lab, Stages.Workloads)
{
    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.EnsureUpAsync(Stage, ct);
        await new Seeder().SeedAsync(Fixture.Lab, Fixture.Settings, Fixture.Progress, ct);
        Fixture.SetAside(Stages.Workloads);
        await LeftOvers.UndoAsync(Fixture.Lab, Fixture.Progress, ct);
        await ProbeAsync(ct);
    }

    /// <summary>The experiment.</summary>
    /// <param name="ct">Cancelled when the run is.</param>
    protected abstract Task ProbeAsync(CancellationToken ct);
}

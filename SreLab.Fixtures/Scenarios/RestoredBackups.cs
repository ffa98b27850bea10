using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios.BackupProofs;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Backups that were taken, restored and refused, and a lab that came back from them.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class RestoredBackups(LabFixture lab) : Scenario(lab, Stages.Backup)
{
    /// <summary>Why the repository's disk cannot be filled here; null when it can.</summary>
    public string? WhyNoDisk => Fixture.Lab.Backups.Faults.WhyNoDisk;

    /// <summary>Why the lab cannot be lost and made again from the repository here; null when it can.</summary>
    public string? WhyNoLoss => Fixture.Lab.Backups.Faults.WhyNoLoss;

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.EnsureUpAsync(Stage, ct);
        if (Fixture.Lab.Backups.WhyNone is { } reason)
        {
            Block(reason);
            return;
        }

        await new Seeder().SeedAsync(Fixture.Lab, Fixture.Settings, Fixture.Progress, ct);
        Fixture.SetAside(Stages.Backup);

        // What was never disturbed or deployed by the suite is not undone or withdrawn by it.
        if (Fixture.Target.WhyLacking(Capability.Monitoring) is null)
        {
            await LeftOvers.UndoAsync(Fixture.Lab, Fixture.Progress, ct);
        }

        if (Fixture.Target.WhyLacking(Capability.Workloads) is null)
        {
            // Their background work would change what is compared.
            await Fixture.Lab.Workloads.WithdrawAsync(ct);
        }

        var record = await new BackupCourse(Fixture).RunAsync(ct);
        Fixture.Run.Write(EvidenceFiles.Backups, record);
        await RestoreIncidents.WriteAsync(record, Fixture.Run, ct);
    }
}

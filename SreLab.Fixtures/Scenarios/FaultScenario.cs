using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A fault of the catalogue under load, as often as the settings say; each repeat draws its own moment and victim.</summary>
/// <param name="lab">The fixture of the assembly.</param>
/// <param name="kind">Which fault.</param>
public abstract class FaultScenario(LabFixture lab, string kind) : Scenario(lab, FaultCatalogue.Of(kind).IsPlanned ? Stages.Switchover : Stages.Failover)
{
    /// <summary>Which fault, by its name in the catalogue.</summary>
    public string Kind { get; } = kind;

    /// <summary>How often it is carried out.</summary>
    protected virtual int Repeats => Fixture.Settings.FaultRepeats;

    /// <summary>The fault, and what has to follow on this target.</summary>
    protected virtual FaultEntry Entry { get; } = FaultCatalogue.Of(kind);

    /// <inheritdoc />
    protected override Capability? Needs => Entry.Needs;

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.EnsureUpAsync(Stage, ct);
        if (Fixture.Lab.Faults.Platform is { } platform && await platform.WhyNotAsync(Entry.Needs, ct) is { } whyNot)
        {
            RunFolders.NoteAbsent(Fixture.Run, Entry.Needs, whyNot);
            Block($"not on TARGET={Fixture.Target.Name}: {whyNot}");
            return;
        }

        await new Seeder().SeedAsync(Fixture.Lab, Fixture.Settings, Fixture.Progress, ct);
        Fixture.SetAside(Stage);
        var scene = FaultScene.Of(Fixture, EvidenceFiles.FolderOf(Entry));
        for (var repeat = 1; repeat <= Repeats; repeat++)
        {
            await FaultExperiment.RunAsync(scene, Entry, repeat, ct);
        }

        await FaultIncidents.WriteAsync(Fixture.Run, Fixture.Objectives, ct);
    }
}

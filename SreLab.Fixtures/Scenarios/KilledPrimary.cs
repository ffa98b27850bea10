using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A primary whose postmaster was killed under load, as often as the settings say.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class KilledPostmaster(LabFixture lab) : KilledPrimary(lab, KillKind.Postmaster)
{
    /// <inheritdoc />
    protected override int Repeats => Fixture.Settings.PostmasterKills;
}

/// <summary>A primary that was killed whole under load: consensus store, Patroni, PostgreSQL and exporter at once.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class KilledMember(LabFixture lab) : KilledPrimary(lab, KillKind.Member)
{
    /// <inheritdoc />
    protected override int Repeats => Fixture.Settings.MemberKills;
}

/// <summary>The experiment that both share: each repeat draws its own moment.</summary>
/// <param name="lab">The fixture of the assembly.</param>
/// <param name="kind">What is killed.</param>
public abstract class KilledPrimary(LabFixture lab, KillKind kind) : Scenario(lab, Stages.Failover)
{
    /// <summary>How often the primary is killed.</summary>
    protected abstract int Repeats { get; }

    /// <inheritdoc />
    protected override Capability? Needs => kind == KillKind.Postmaster ? Capability.KillPostmaster : Capability.KillMember;

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.EnsureUpAsync(ct);
        await new Seeder().SeedAsync(Fixture.Lab, Fixture.Settings, Fixture.Progress, ct);
        Fixture.SetAside(Stages.Failover);
        for (var repeat = 1; repeat <= Repeats; repeat++)
        {
            await KillExperiment.RunAsync(
                Fixture.Lab,
                kind,
                repeat,
                Fixture.Settings,
                Fixture.Run,
                Fixture.Progress,
                Fixture.ClientMetrics,
                Fixture.FaultWindows,
                ContentHash.ComputeAsync,
                Fixture.PlantAsync,
                promotes: kind == KillKind.Member || Fixture.Target.WhyLacking(Capability.PostmasterFailover) is null,
                ct);
        }

        await FaultIncidents.WriteAsync(Fixture.Run, Fixture.Objectives, ct);
    }
}

using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A primary whose postmaster was killed under load, as often as the settings say.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class KilledPostmaster(LabFixture lab) : FaultScenario(lab, FaultKinds.KillPostmaster)
{
    /// <inheritdoc />
    protected override int Repeats => Fixture.Settings.PostmasterKills;

    /// <inheritdoc />
    protected override Capability? Needs => Capability.KillPostmaster;

    // Where a dead postmaster is started again in place, nobody takes over.
    /// <inheritdoc />
    protected override FaultEntry Entry => Fixture.Target.WhyLacking(Capability.PostmasterFailover) is null ? base.Entry : base.Entry with { Takeover = Takeover.Forbidden };
}

/// <summary>A primary that was killed whole under load: consensus store, Patroni, PostgreSQL and exporter at once.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class KilledMember(LabFixture lab) : FaultScenario(lab, FaultKinds.KillMember)
{
    /// <inheritdoc />
    protected override int Repeats => Fixture.Settings.MemberKills;

    /// <inheritdoc />
    protected override Capability? Needs => Capability.KillMember;
}

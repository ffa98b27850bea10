using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>No standby can confirm a write.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_primary_is_cut_from_its_standbys(PrimaryCutFromStandbys run) : FaultSpec(run), IClassFixture<PrimaryCutFromStandbys>;

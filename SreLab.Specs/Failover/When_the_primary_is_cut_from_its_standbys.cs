using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>No standby can confirm a write: on one machine nothing else shows whether commits wait for standbys, which are microseconds behind.</summary>
[InEveryProfile]
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_primary_is_cut_from_its_standbys(PrimaryCutFromStandbys run) : FaultSpec(run), IClassFixture<PrimaryCutFromStandbys>;

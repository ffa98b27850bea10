using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>Patroni of the primary is stopped; PostgreSQL runs on with nobody to make it stand down.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_Patroni_of_the_primary_hangs(HungPatroni run) : FaultSpec(run), IClassFixture<HungPatroni>;

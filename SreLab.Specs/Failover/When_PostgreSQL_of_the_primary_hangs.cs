using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>PostgreSQL of the primary answers nobody; its Patroni lives.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_PostgreSQL_of_the_primary_hangs(HungPostgres run) : FaultSpec(run), IClassFixture<HungPostgres>;

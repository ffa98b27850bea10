using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>The way in dies, the database lives.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_load_balancer_is_killed(KilledProxy run) : FaultSpec(run), IClassFixture<KilledProxy>;

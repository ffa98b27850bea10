using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>A member that commits wait for is lost.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_a_synchronous_standby_is_killed(KilledStandby run) : FaultSpec(run), IClassFixture<KilledStandby>;

using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>Every member dies at once, and starts again by itself.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_power_of_every_member_is_lost(LostPower run) : FaultSpec(run), IClassFixture<LostPower>;

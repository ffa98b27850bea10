using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>The machine of the primary stands still for longer than its lease, and goes on.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_primary_is_frozen(FrozenPrimary run) : FaultSpec(run), IClassFixture<FrozenPrimary>;

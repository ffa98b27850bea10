using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>The machine of the primary's node stops.</summary>
[OfPlatform]
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_node_of_the_primary_is_lost(LostNode run) : FaultSpec(run), IClassFixture<LostNode>;

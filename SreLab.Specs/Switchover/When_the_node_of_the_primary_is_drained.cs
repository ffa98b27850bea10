using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Switchover;

/// <summary>The primary's node is drained, as before work on it.</summary>
[OfPlatform]
[Collection(Stages.Switchover)]
[Trait(Stages.Trait, Stages.Switchover)]
public sealed class When_the_node_of_the_primary_is_drained(DrainedNode run) : FaultSpec(run), IClassFixture<DrainedNode>;

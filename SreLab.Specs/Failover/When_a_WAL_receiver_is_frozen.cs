using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>A standby keeps its connection and takes nothing from it.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_a_WAL_receiver_is_frozen(FrozenReceiver run) : FaultSpec(run), IClassFixture<FrozenReceiver>;

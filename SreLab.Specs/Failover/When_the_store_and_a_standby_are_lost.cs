using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>Two of three etcd are dead and one standby is silent: the primary may not go on.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_store_and_a_standby_are_lost(LostStoreAndStandby run) : FaultSpec(run), IClassFixture<LostStoreAndStandby>;

using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>Two of three etcd are dead; every member still answers the primary.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_store_loses_its_majority(LostStoreMajority run) : FaultSpec(run), IClassFixture<LostStoreMajority>;

using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>The primary cannot reach any etcd, and asks the members whether it may go on.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_primary_is_cut_from_the_store(PrimaryCutFromStore run) : FaultSpec(run), IClassFixture<PrimaryCutFromStore>;

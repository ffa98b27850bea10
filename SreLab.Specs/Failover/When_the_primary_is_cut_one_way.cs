using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>What the primary sends is lost; what is sent to it arrives.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_primary_is_cut_one_way(PrimaryCutOneWay run) : FaultSpec(run), IClassFixture<PrimaryCutOneWay>;

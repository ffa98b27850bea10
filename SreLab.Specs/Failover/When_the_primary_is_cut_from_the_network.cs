using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>Network policies let nothing to or from the primary's pod.</summary>
[OfPlatform]
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_primary_is_cut_from_the_network(PrimaryCutFromNetwork run) : FaultSpec(run), IClassFixture<PrimaryCutFromNetwork>;

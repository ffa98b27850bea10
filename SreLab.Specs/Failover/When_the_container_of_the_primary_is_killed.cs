using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>The primary's container ends with everything in it, and has not crashed before: it is started again at once.</summary>
[OfPlatform]
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_container_of_the_primary_is_killed(KilledContainerOfPrimary run) : FaultSpec(run), IClassFixture<KilledContainerOfPrimary>;

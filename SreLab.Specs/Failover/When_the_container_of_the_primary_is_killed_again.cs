using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>The primary's container ends so soon after a crash that the kubelet waits before it starts it again.</summary>
[OfPlatform]
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_container_of_the_primary_is_killed_again(KilledContainerInBackOff run) : FaultSpec(run), IClassFixture<KilledContainerInBackOff>;

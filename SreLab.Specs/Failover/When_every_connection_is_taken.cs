using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>Idle sessions leave no room for anybody else.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_every_connection_is_taken(ExhaustedConnections run) : FaultSpec(run), IClassFixture<ExhaustedConnections>;

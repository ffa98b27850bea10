using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>Clients still reach the primary; nobody else does.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_primary_is_isolated(IsolatedPrimary run) : FaultSpec(run), IClassFixture<IsolatedPrimary>;

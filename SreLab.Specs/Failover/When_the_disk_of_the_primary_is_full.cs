using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>The volume of the primary's WAL has no byte left.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_disk_of_the_primary_is_full(FullDisk run) : FaultSpec(run), IClassFixture<FullDisk>;

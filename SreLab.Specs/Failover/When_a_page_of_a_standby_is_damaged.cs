using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>Bytes of a table change on the disk of a standby.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_a_page_of_a_standby_is_damaged(DamagedStandby run) : FaultSpec(run), IClassFixture<DamagedStandby>;

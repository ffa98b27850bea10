using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Switchover;

/// <summary>Every member is restarted, as for a new setting or version.</summary>
[Collection(Stages.Switchover)]
[Trait(Stages.Trait, Stages.Switchover)]
public sealed class When_every_member_is_restarted(RestartedMembers run) : FaultSpec(run), IClassFixture<RestartedMembers>;

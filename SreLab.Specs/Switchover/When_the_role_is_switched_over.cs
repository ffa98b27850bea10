using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Switchover;

/// <summary>The primary's role is handed over, as before work on its machine.</summary>
[Collection(Stages.Switchover)]
[Trait(Stages.Trait, Stages.Switchover)]
public sealed class When_the_role_is_switched_over(SwitchedOver run) : FaultSpec(run), IClassFixture<SwitchedOver>;

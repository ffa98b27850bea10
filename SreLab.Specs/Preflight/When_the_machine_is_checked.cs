using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Preflight;

/// <summary>A machine that cannot hold the lab is told so before anything is touched.</summary>
[Collection(Stages.Preflight)]
[Trait(Stages.Trait, Stages.Preflight)]
public sealed class When_the_machine_is_checked(CheckedMachine run) : Spec(run), IClassFixture<CheckedMachine>
{
    private readonly CheckedMachine _run = run;

    [Fact]
    public void Nothing_that_the_lab_needs_is_missing() =>
        Assert.All(_run.Requirements, r => Assert.True(r.IsMet, $"{r.Name}: {r.Found}; {r.Fix}"));
}

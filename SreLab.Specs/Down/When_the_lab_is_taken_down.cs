using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Down;

/// <summary>Nothing of the lab is left: no process, no listener, no file.</summary>
[Collection(Stages.Down)]
[Trait(Stages.Trait, Stages.Down)]
public sealed class When_the_lab_is_taken_down(EndedLab run) : Spec(run), IClassFixture<EndedLab>
{
    [Fact]
    public void Nothing_of_it_is_left() => MustHold(Promises.NothingLeft);
}

using FluentAssertions;
using SreLab.Fixtures.Checkers;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class TeardownTests
{
    [Fact]
    public void A_teardown_that_left_nothing_holds() =>
        Teardown.Check(StageRecords.Down()).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "0 left, 15 ended in 2.0 s" });

    [Fact]
    public void What_is_left_is_named() =>
        Teardown.Check(StageRecords.Down() with { Remaining = ["etcd pid 12", "127.0.0.1:5432"] })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = "left behind: etcd pid 12; 127.0.0.1:5432" });

    [Fact]
    public void A_second_teardown_that_found_something_is_broken() =>
        Teardown.Check(StageRecords.Down() with { SecondFoundNothing = false }).Summary.Should().Be("left behind: a second teardown found something to do");

    [Fact]
    public void A_lab_that_was_not_taken_down_is_unknown() => Teardown.Check(null).Kind.Should().Be(VerdictKind.Unknown);
}

using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class TroubleshootingTrueTests
{
    private static readonly SymptomRecord Seen = new("memory-leak", "c", "64", true, "64 KiB\n");
    private static readonly SymptomRecord NotSeen = Seen with { IsSeen = false, Output = "0 KiB\n" };
    private static readonly TroubleshootingLook With = new("memory-leak", "memory-leak", [Seen], null);
    private static readonly TroubleshootingLook Without = new("", "memory-leak", [NotSeen], null);

    [Fact]
    public void Seen_with_the_defect_and_not_without_holds() => Judge(With, Without).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void A_command_that_misses_its_defect_breaks_it()
    {
        var verdict = Judge(With with { Symptoms = [Seen, NotSeen] }, Without);

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Summary.Should().Contain("memory-leak is there and not seen").And.Contain("0 KiB");
    }

    [Fact]
    public void A_defect_that_is_seen_where_none_is_breaks_it()
    {
        Judge(With, Without with { Symptoms = [Seen] }).Kind.Should().Be(VerdictKind.Broken);
        Judge(With, Without with { Symptoms = [Seen, NotSeen] }).Kind.Should().Be(VerdictKind.Holds, "one command alone does not name it");
    }

    [Fact]
    public void An_entry_that_shows_nothing_breaks_it() => Judge(With with { Symptoms = [] }, Without).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void What_was_not_followed_is_unknown()
    {
        TroubleshootingTrue.Check(null).Kind.Should().Be(VerdictKind.Unknown);
        Judge().Kind.Should().Be(VerdictKind.Unknown);
        Judge(With).Kind.Should().Be(VerdictKind.Unknown);
        Judge(Without).Kind.Should().Be(VerdictKind.Unknown);
        Judge(With, Without with { Problem = "did not end" }).Kind.Should().Be(VerdictKind.Unknown);
    }

    private static Verdict Judge(params TroubleshootingLook[] looks) =>
        TroubleshootingTrue.Check(new DefectsRecord { Known = ["memory-leak"], Control = null!, Batteries = [], NotCarriedOut = new Dictionary<string, string>(), Looks = looks });
}

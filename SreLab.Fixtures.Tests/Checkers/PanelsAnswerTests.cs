using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class PanelsAnswerTests
{
    private static readonly PanelRecord Good = new("overview.json", "Primaries", "srelab:postgres_primaries", 1, null);

    [Fact]
    public void Panels_that_show_something_hold() =>
        PanelsAnswer.Check(new PanelsRecord([Good, Good with { Panel = "Roles", Series = 3 }])).Should()
            .BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "2 of 2 queries" });

    [Fact]
    public void An_empty_panel_is_broken_and_named_with_its_query()
    {
        var verdict = PanelsAnswer.Check(new PanelsRecord([Good, Good with { Panel = "Lag", Query = "lag", Series = 0 }]));

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Summary.Should().EndWith("overview.json, Lag");
        verdict.Details.Should().Equal("overview.json, Lag: no data; asked lag");
    }

    [Fact]
    public void A_refused_query_is_broken_whatever_it_returned()
    {
        var (dashboard, panel) = QuietPanels.Listed.Keys.First();

        PanelsAnswer.Check(new PanelsRecord([new PanelRecord(dashboard, panel, "sum(", 1, "bad_data: parse error\n  asked  sum(")])).Details
            .Should().Equal($"{dashboard}, {panel}: bad_data: parse error; asked sum(");
    }

    [Fact]
    public void A_panel_that_may_be_empty_holds_empty_and_another_of_that_name_does_not()
    {
        var (dashboard, panel) = QuietPanels.Listed.Keys.First();

        PanelsAnswer.Check(new PanelsRecord([Good, new PanelRecord(dashboard, panel, "x", 0, null)])).Should()
            .BeEquivalentTo(new { Kind = VerdictKind.Holds, Summary = "dashboards-answer holds: 1 queries of 1 dashboards returned data, 1 are rightly empty" });
        PanelsAnswer.Check(new PanelsRecord([new PanelRecord("other.json", panel, "x", 0, null)])).Kind.Should().Be(VerdictKind.Broken);
    }

    [Fact]
    public void Nothing_asked_is_unknown() =>
        new[] { PanelsAnswer.Check(null), PanelsAnswer.Check(new PanelsRecord([])) }.Should().OnlyContain(v => v.Kind == VerdictKind.Unknown);
}

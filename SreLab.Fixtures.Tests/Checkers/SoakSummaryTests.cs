using FluentAssertions;
using SreLab.Fixtures.Checkers;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class SoakSummaryTests
{
    [Theory]
    [InlineData(60, 0, 0.05)]
    [InlineData(300, 0, 0.01)]
    [InlineData(2, 0, 1.0)]
    public void No_loss_bounds_the_share_of_faults_that_lose_something(int faults, int lost, double share) =>
        LossBound.AtMost(faults, lost).Should().BeApproximately(share, 1e-12);

    [Fact]
    public void The_bound_is_on_the_safe_side_of_the_exact_one_and_near_it_for_many() =>
        Enumerable.Range(3, 500).Should().OnlyContain(n => LossBound.AtMost(n, 0) >= 1 - Math.Pow(0.05, 1.0 / n))
            .And.Subject.Where(n => n >= 30).Should().OnlyContain(n => LossBound.AtMost(n, 0) - (1 - Math.Pow(0.05, 1.0 / n)) < 0.006);

    [Theory]
    [InlineData(0, 0, "No fault was judged, so nothing is known of the next one.")]
    [InlineData(60, 2, "2 of 60 faults lost an acknowledged write: there is nothing to bound.")]
    [InlineData(60, 0, "0 of 60 faults lost an acknowledged write: at most 5 % of such faults do, with 95 % confidence.")]
    public void A_loss_or_no_fault_bounds_nothing(int faults, int lost, string sentence)
    {
        LossBound.Describe(faults, lost).Should().Be(sentence);
        LossBound.AtMost(faults, lost).HasValue.Should().Be(faults > 0 && lost == 0);
    }

    [Fact]
    public void Faults_are_counted_by_kind_with_the_worst_outage_first()
    {
        var rows = FaultCensus.Of(
        [
            new FaultEnd("kill-postmaster", true, Outage(1.5)),
            new FaultEnd("kill-member", true, Outage(20)),
            new FaultEnd("kill-member", true, Outage(21.5)),
            new FaultEnd("kill-member", false, null),
            new FaultEnd("hang-postgres", true, null),
        ]);

        rows.Select(r => r.Describe()).Should().Equal(
            "kill-member: 2 of 3 survived, worst outage 21.50 s, 1 not measured",
            "kill-postmaster: 1 of 1 survived, worst outage 1.50 s",
            "hang-postgres: 1 of 1 survived, worst outage not measured");
    }

    [Fact]
    public void An_outage_that_did_not_end_is_a_lower_bound_and_comes_before_longer_ones_that_did()
    {
        var rows = FaultCensus.Of([new FaultEnd("cut", true, Outage(40)), new FaultEnd("hang", false, Outage(30, isCensored: true)), new FaultEnd("hang", true, Outage(35))]);

        rows[0].Describe().Should().Be("hang: 1 of 2 survived, worst outage ≥ 35.00 s");
    }

    [Fact]
    public void No_fault_makes_no_row() => FaultCensus.Of([]).Should().BeEmpty();

    private static OutageMeasure Outage(double seconds, bool isCensored = false) =>
        new("f", seconds, isCensored, 0, seconds * 1000, seconds, 0, 5, null, null, null, null);
}

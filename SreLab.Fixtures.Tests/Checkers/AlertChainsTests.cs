using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class AlertChainsTests
{
    private static AlertsRecord Good => AlertRecords.Good;

    [Fact]
    public void Whole_chains_keep_every_promise()
    {
        AlertChains.Delivered(Good).Kind.Should().Be(VerdictKind.Holds);
        AlertChains.InTime(Good).Kind.Should().Be(VerdictKind.Holds);
        AlertChains.Resolved(Good).Kind.Should().Be(VerdictKind.Holds);
        AlertChains.Proven(Good).Kind.Should().Be(VerdictKind.Holds);
    }

    [Fact]
    public void Without_a_record_nothing_is_known() =>
        new[] { AlertChains.Delivered(null), AlertChains.InTime(null), AlertChains.Resolved(null), AlertChains.Proven(null) }
            .Should().OnlyContain(v => v.Kind == VerdictKind.Unknown);

    [Fact]
    public void A_condition_without_a_delivery_is_broken()
    {
        var verdict = AlertChains.Delivered(Last(c => c with { DeliveredUtc = null, FiringUtc = null, PendingUtc = null, Problem = "timed out" }));

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Summary.Should().Contain("TargetDown: timed out");
    }

    [Fact]
    public void A_condition_that_was_never_there_proves_nothing() =>
        AlertChains.Delivered(Last(c => c with { ConditionUtc = null, DeliveredUtc = null, PendingUtc = null })).Kind.Should().Be(VerdictKind.Unknown);

    [Fact]
    public void An_alert_that_nothing_raised_proves_nothing() =>
        AlertChains.Delivered(Good with { Chains = [Good.Chains[0]] }).Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown });

    [Fact]
    public void An_alert_that_cannot_be_caused_here_is_not_expected() =>
        AlertChains.Delivered(Good with { Chains = [Good.Chains[0]], Uncaused = [new("TargetDown", "needs root")] }).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void An_alert_that_was_active_before_its_condition_fires_on_something_else() =>
        AlertChains.Delivered(Last(c => c with { PendingUtc = c.ConditionUtc!.Value.AddSeconds(-2) })).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void The_age_of_a_scrape_and_the_pause_of_the_probe_are_not_early() =>
        AlertChains.Delivered(Last(c => c with { PendingUtc = c.ConditionUtc!.Value.AddSeconds(-1.4) })).Kind.Should().Be(VerdictKind.Holds);

    [Theory]
    [InlineData(2.5, VerdictKind.Holds)]
    [InlineData(2.501, VerdictKind.Broken)]
    public void Delivery_is_measured_against_the_configured_sum(double seconds, VerdictKind expected) =>
        AlertChains.InTime(Last(c => c with { DeliveredUtc = c.ConditionUtc!.Value.AddSeconds(seconds) })).Kind.Should().Be(expected);

    [Fact]
    public void The_time_a_rule_waits_by_itself_is_part_of_its_sum() =>
        AlertChains.InTime(Good).Measured.Should().StartWith("worst").And.Contain("of 2.5 s").And.NotContain("NoPrimary");

    [Fact]
    public void Nothing_delivered_is_nothing_timed() =>
        AlertChains.InTime(Good with { Chains = [.. Good.Chains.Select(c => c with { DeliveredUtc = null })] }).Kind.Should().Be(VerdictKind.Unknown);

    [Fact]
    public void An_alert_that_stays_on_is_broken() =>
        AlertChains.Resolved(Last(c => c with { ResolvedUtc = null })).Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Measured = "1 of 2" });

    [Fact]
    public void One_of_two_is_less_than_nine_of_ten()
    {
        AlertChains.Proven(Last(c => c with { Problem = "late" })).Kind.Should().Be(VerdictKind.Broken);
        AlertChains.Proven(Good with { Chains = [Good.Chains[0]], Uncaused = [new("TargetDown", "needs root")] }).Kind.Should().Be(VerdictKind.Broken);
    }

    [Fact]
    public void A_run_that_asked_for_some_says_nothing_of_all() =>
        AlertChains.Proven(Good with { Selected = ["NoPrimary"] }).Kind.Should().Be(VerdictKind.Unknown);

    private static AlertsRecord Last(Func<AlertChainRecord, AlertChainRecord> change) => Good with { Chains = [Good.Chains[0], change(Good.Chains[1])] };
}

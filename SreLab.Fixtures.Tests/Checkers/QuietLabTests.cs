using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class QuietLabTests
{
    private static readonly Objectives Slos = Objectives.Load(Path.Combine(Repository.Root, "slos.json"));

    private static AlertsRecord Good => AlertRecords.Good;

    [Theory]
    [InlineData(QuietLab.Idle)]
    [InlineData(QuietLab.Loaded)]
    public void Silence_of_rules_that_are_evaluated_holds(string kind) => QuietLab.Check(Good, kind, Slos).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void An_alert_that_fired_or_was_delivered_is_broken()
    {
        QuietLab.Check(Loaded(q => q with { Fired = ["NoPrimary{}"] }), QuietLab.Loaded, Slos).Kind.Should().Be(VerdictKind.Broken);
        QuietLab.Check(Loaded(q => q with { Delivered = ["firing NoPrimary{}"] }), QuietLab.Loaded, Slos).Kind.Should().Be(VerdictKind.Broken);
    }

    [Fact]
    public void An_alert_that_is_true_because_its_objective_was_missed_is_late_and_says_so()
    {
        var slow = QuietLab.Check(Loaded(q => q with { Fired = ["LatencyBudgetBurnPage{}"], SlowRatio = 0.3, FailedRatio = 0 }), QuietLab.Loaded, Slos);

        slow.Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, IsLate = true });
        slow.Summary.Should().StartWith("not quiet, and rightly so: 30.0 % of the clients' operations took longer than 200 ms");
    }

    [Theory]
    [InlineData("LatencyBudgetBurnPage{}", 0.005, 0.0)]
    [InlineData("LatencyBudgetBurnPage{}", null, null)]
    [InlineData("AvailabilityBudgetBurnPage{}", 0.3, 0.0)]
    [InlineData("NoPrimary{}", 0.3, 0.3)]
    public void An_alert_that_the_clients_do_not_explain_is_false(string alert, double? slow, double? failed) =>
        QuietLab.Check(Loaded(q => q with { Fired = [alert], SlowRatio = slow, FailedRatio = failed }), QuietLab.Loaded, Slos).IsLate.Should().BeFalse();

    [Fact]
    public void Silence_of_rules_that_are_not_there_proves_nothing() =>
        QuietLab.Check(Loaded(q => q with { HealthyRules = 1 }), QuietLab.Loaded, Slos).Kind.Should().Be(VerdictKind.Unknown);

    [Fact]
    public void A_load_that_hardly_was_one_proves_nothing() =>
        QuietLab.Check(Loaded(q => q with { Operations = 60 }), QuietLab.Loaded, Slos).Kind.Should().Be(VerdictKind.Unknown);

    [Fact]
    public void A_period_that_was_not_held_proves_nothing()
    {
        QuietLab.Check(null, QuietLab.Idle, Slos).Kind.Should().Be(VerdictKind.Unknown);
        QuietLab.Check(Good with { Quiet = [] }, QuietLab.Idle, Slos).Kind.Should().Be(VerdictKind.Unknown);
    }

    private static AlertsRecord Loaded(Func<QuietRecord, QuietRecord> change) => Good with { Quiet = [Good.Quiet[0], change(Good.Quiet[1])] };
}

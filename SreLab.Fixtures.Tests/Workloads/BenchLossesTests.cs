using FluentAssertions;
using SreLab.Fixtures.Workloads.Bench;
using static SreLab.Fixtures.Tests.Workloads.BenchSamples;

namespace SreLab.Fixtures.Tests.Workloads;

public sealed class BenchLossesTests
{
    [Fact]
    public void A_steady_run_loses_nothing() =>
        Of([.. Steady(0, 10, 0, 1)], seconds: 10).Should().Be(new BenchLosses(0, 0));

    [Fact]
    public void Silent_seconds_cost_what_the_median_second_makes() =>
        Of([.. Steady(0, 4, 0, 1), .. Steady(7, 10, 0, 1)], seconds: 10).Should().Be(new BenchLosses(3, 600));

    [Fact]
    public void Seconds_that_pgbench_did_not_live_to_see_are_silent() =>
        Of([.. Steady(0, 3, 0, 1)], seconds: 12).Should().Be(new BenchLosses(9, 1800));

    [Fact]
    public void An_aborted_client_costs_its_share_until_the_end() =>
        Of([.. Steady(0, 10, 0), .. Steady(0, 4, 1)], seconds: 10, aborted: [1]).EstimatedLost.Should().BeCloseTo(600, 1);

    [Fact]
    public void When_all_clients_abort_no_second_is_counted_twice()
    {
        // 2 clients at 100 a second die after 3.5 of 10 seconds: 6.5 seconds at 200 a second.
        var losses = Of([.. Steady(0, 3.5, 0, 1)], seconds: 10, aborted: [0, 1]);

        losses.SilentSeconds.Should().Be(6);
        losses.EstimatedLost.Should().BeCloseTo(1300, 2);
    }

    [Fact]
    public void A_client_that_aborts_at_the_very_end_loses_the_transaction_in_flight() =>
        Of([.. Steady(0, 10, 0, 1)], seconds: 10, aborted: [1]).EstimatedLost.Should().Be(1);

    [Fact]
    public void A_run_that_falls_silent_in_the_warm_up_is_measured_by_its_warm_up() =>
        Of([.. Steady(0, 2, 0, 1)], warmup: 2, seconds: 5).Should().Be(new BenchLosses(5, 1000));

    [Fact]
    public void A_run_without_any_transaction_is_lost_whole() =>
        Of([], seconds: 5).Should().Be(new BenchLosses(5, 10));

    [Fact]
    public void At_a_low_rate_a_quiet_second_is_chance_and_a_long_silence_is_not()
    {
        PgbenchSample[] slow = [.. Enumerable.Range(0, 40).Where(s => s % 4 != 2).Select(s => At(s + 0.5))];

        Of(slow, seconds: 40).Should().Be(new BenchLosses(0, 0));
        Of([.. slow.Where(sample => sample.FinishUs < At(15).FinishUs)], seconds: 40).SilentSeconds.Should().BeInRange(24, 26);
    }

    [Fact]
    public void What_an_open_loop_scheduled_and_never_started_is_lost() =>
        Of([.. Steady(0, 10, 0, 1)], seconds: 10, rate: 500).EstimatedLost.Should().Be(3000);

    [Fact]
    public void An_open_loop_may_miss_its_rate_by_chance() =>
        Of([.. Steady(0, 10, 0, 1)], seconds: 10, rate: 205).EstimatedLost.Should().Be(0);

    private static BenchLosses Of(PgbenchSample[] samples, int seconds, int warmup = 0, int[]? aborted = null, double? rate = null) =>
        BenchLosses.Of(samples, BenchWindow.Of(samples, warmup, seconds, Launched), 2, (aborted ?? []).ToHashSet(), rate, seconds);
}

using FluentAssertions;
using SreLab.Fixtures.Workloads.Bench;
using static SreLab.Fixtures.Tests.Workloads.BenchSamples;

namespace SreLab.Fixtures.Tests.Workloads;

public sealed class BenchWindowTests
{
    [Fact]
    public void The_clock_begins_with_the_first_transaction_and_the_warm_up_is_cut_by_the_end_of_a_transaction()
    {
        PgbenchSample[] samples = [At(0.5, ms: 500), At(1.9999), At(2.0), At(2.5)];

        var window = BenchWindow.Of(samples, warmupSeconds: 2, seconds: 3, Launched);

        window.StartUs.Should().Be(StartUs);
        samples.Count(sample => window.Counts(sample)).Should().Be(2);
        window.Seconds.Should().Be(3);
        window.StartedUtc.Should().Be(Launched.AddSeconds(2));
    }

    [Fact]
    public void A_transaction_that_ends_late_is_kept_and_lengthens_the_window()
    {
        var window = BenchWindow.Of([At(0.001), At(9.5, ms: 7000)], warmupSeconds: 0, seconds: 5, Launched);

        window.Seconds.Should().BeApproximately(9.5, 1e-6);
    }

    [Fact]
    public void A_run_that_died_early_keeps_the_window_that_was_asked_for() =>
        BenchWindow.Of([At(0.001), At(1)], warmupSeconds: 0, seconds: 5, Launched).Seconds.Should().Be(5);

    [Fact]
    public void A_run_without_a_sample_begins_when_it_was_launched() =>
        BenchWindow.Of([], warmupSeconds: 1, seconds: 5, Launched).StartedUtc.Should().Be(Launched.AddSeconds(1));
}

using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Tests.Workloads;

public sealed class RecurringStallsTests
{
    private const int Length = 120;

    [Fact]
    public void A_stall_every_ten_seconds_is_found_and_attributed_to_what_ran_then()
    {
        var stalls = Enumerable.Range(0, Length / 10).Select(n => 4.3 + (n * 10)).ToList();
        var found = Find(stalls, [
            new StallEvents("the end of a WAL segment", [.. stalls.Select(at => Epoch(at + 0.15))], 0.3),
            new StallEvents("statements of monitor", [.. Enumerable.Range(0, Length).Select(n => Epoch(n + 0.75))], 0.02),
        ]);

        found.Count.Should().Be(12);
        found.PeriodSeconds.Should().BeApproximately(10, 0.3);
        found.Chance.Should().BeLessThan(0.01);
        found.TailShare.Should().BeApproximately(0.1, 0.02, "four clients wait in each, and the slowest hundredth are ten times as many");
        found.Causes.Should().ContainSingle().Which.Should().BeEquivalentTo(new { What = "the end of a WAL segment", Stalls = 12 });
    }

    [Fact]
    public void A_stall_every_second_is_found_and_attributed()
    {
        var stalls = Enumerable.Range(0, Length - 1).Select(n => n + 0.4).ToList();
        var found = Find(stalls, [
            new StallEvents("statements of monitor", [.. stalls.Select(at => Epoch(at - 0.01))], 0.02),
            new StallEvents("the end of a WAL segment", [.. Enumerable.Range(0, 12).Select(n => Epoch((n * 10) + 5))], 0.3),
        ]);

        found.PeriodSeconds.Should().BeApproximately(1, 0.02);
        found.Causes.Should().ContainSingle().Which.What.Should().Be("statements of monitor");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Stalls_at_random_have_no_period_and_no_cause(int seed)
    {
        var random = new Random(seed);
        var stalls = Enumerable.Range(0, 25).Select(_ => random.NextDouble() * (Length - 1)).Order().ToList();
        var found = Find(stalls, [
            new StallEvents("the end of a WAL segment", [.. Enumerable.Range(0, 12).Select(n => Epoch((n * 10) + 5))], 0.3),
            new StallEvents("statements of monitor", [.. Enumerable.Range(0, Length).Select(n => Epoch(n + 0.75))], 0.02),
        ]);

        found.Count.Should().BeGreaterThan(10);
        found.PeriodSeconds.Should().BeNull();
        found.Causes.Should().BeEmpty();
    }

    [Fact]
    public void What_runs_always_is_no_cause()
    {
        var stalls = Enumerable.Range(0, Length / 10).Select(n => 4.3 + (n * 10)).ToList();

        Find(stalls, [new StallEvents("statements of somebody", [.. Enumerable.Range(0, Length * 20).Select(n => Epoch(n / 20.0))], 0.02)])
            .Causes.Should().BeEmpty();
    }

    [Fact]
    public void A_pass_too_short_for_a_period_has_none()
    {
        RecurringStalls.Period([1, 11], 20).Should().Be((null, 1));
        RecurringStalls.Of([], BenchWindow.Of([], 0, 20, BenchSamples.Launched), []).Should().BeNull();
    }

    [Fact]
    public void Samples_tell_when_something_began()
    {
        var events = StallEvents.Of([
            Line(1000, segment: 7, archived: 3, ("monitor", 900)),
            Line(1250, segment: 8, archived: 3, ("monitor", 900)),
            new SampleLine(500, 1500, null),
            Line(1750, segment: 8, archived: 4, ("monitor", 1700)),
        ]);

        events.Select(e => (e.What, string.Join(' ', e.AtSeconds.Select(at => FormattableString.Invariant($"{at}"))))).Should().Equal(
            ("the end of a WAL segment", "1.25"), ("a segment that was archived", "1.75"), ("statements of monitor", "0.9 1.7"));
    }

    private static double Epoch(double seconds) => (BenchSamples.StartUs / 1e6) + seconds;

    private static SampleLine Line(long unixMs, long segment, long archived, params (string Name, long AtMs)[] others) =>
        new(unixMs - 1000, unixMs, new ServerSample(0, [], segment, archived, 0, others.ToDictionary(o => o.Name, o => o.AtMs)));

    /// <summary>Four clients of 5 to 15 ms; each waits for the end of a stall of 200 ms in which it would have worked.</summary>
    private static StallsRecord Find(IReadOnlyList<double> stalls, IReadOnlyList<StallEvents> events)
    {
        var random = new Random(7);
        List<PgbenchSample> samples = [];
        foreach (var client in Enumerable.Range(0, 4))
        {
            var now = 0.0;
            while (now < Length)
            {
                var end = now + 0.005 + (random.NextDouble() * 0.01);
                end = stalls.Where(at => end > at && now < at + 0.2).Select(at => at + 0.2 + (random.NextDouble() * 0.005)).DefaultIfEmpty(end).Max();
                samples.Add(BenchSamples.At(end, (end - now) * 1000, client));
                now = end;
            }
        }

        return RecurringStalls.Of(samples, BenchWindow.Of(samples, 0, Length, BenchSamples.Launched), events)!;
    }
}

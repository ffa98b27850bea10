using FluentAssertions;
using SreLab.Fixtures.Scenarios.Disturbances;

namespace SreLab.Fixtures.Tests.Scenarios.Disturbances;

public sealed class ClientCountsTests
{
    private readonly ClientCounts _counts = new();

    [Fact]
    public void Before_the_first_operation_there_is_nothing() =>
        _counts.Over(Seconds(5), Seconds(60)).Should().Be((0L, 0L, 0L));

    [Fact]
    public void A_window_holds_what_ended_in_it_and_nothing_older()
    {
        AddEach100Ms(from: 0, to: 10);

        _counts.Over(Seconds(10), Seconds(2)).Total.Should().BeInRange(19, 21);
        _counts.Over(Seconds(10), Seconds(60)).Total.Should().Be(100);
        _counts.Over(Seconds(20), Seconds(2)).Total.Should().Be(0, "nothing ended lately");
    }

    [Fact]
    public void Failed_and_slow_operations_are_part_of_all_of_them()
    {
        _counts.Add(Seconds(1), isAcknowledged: true, isSlow: false);
        _counts.Add(Seconds(1.01), isAcknowledged: true, isSlow: true);
        _counts.Add(Seconds(2), isAcknowledged: false, isSlow: false);

        _counts.Over(Seconds(2.1), Seconds(10)).Should().Be((3L, 1L, 1L));
        _counts.Over(Seconds(2.1), Seconds(0.5)).Should().Be((1L, 1L, 0L));
    }

    [Fact]
    public void An_operation_that_is_told_late_is_counted_with_the_newest()
    {
        _counts.Add(Seconds(3), isAcknowledged: true, isSlow: false);
        _counts.Add(Seconds(2.9), isAcknowledged: false, isSlow: false);

        _counts.Over(Seconds(3), Seconds(10)).Should().Be((2L, 1L, 0L));
    }

    [Fact]
    public void A_long_silence_is_no_problem()
    {
        _counts.Add(Seconds(1), isAcknowledged: true, isSlow: false);
        _counts.Add(TimeSpan.FromHours(3), isAcknowledged: true, isSlow: false);

        _counts.Over(TimeSpan.FromHours(3), TimeSpan.FromHours(1)).Total.Should().Be(1);
    }

    [Fact]
    public void Many_clients_may_count_at_once()
    {
        Parallel.For(0, 8, _ => AddEach100Ms(from: 0, to: 100));

        _counts.Over(Seconds(100), Seconds(200)).Total.Should().Be(8_000);
    }

    private void AddEach100Ms(int from, int to)
    {
        for (var i = from * 10; i < to * 10; i++)
        {
            _counts.Add(TimeSpan.FromMilliseconds(i * 100), isAcknowledged: true, isSlow: false);
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

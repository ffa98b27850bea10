using FluentAssertions;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Scenarios.Disturbances;

public sealed class ClientCountsTests
{
    private readonly ClientCounts _counts = new();

    [Fact]
    public void Before_the_first_look_there_is_nothing() =>
        _counts.Over(Seconds(5), Seconds(60)).Should().Be(default(ClientTotals));

    [Fact]
    public void What_was_counted_before_the_first_look_belongs_to_no_window()
    {
        _counts.Note(Seconds(0), new ClientTotals(1000, 10, 990, 5));

        _counts.Over(Seconds(1), Seconds(60)).Should().Be(default(ClientTotals));
    }

    [Fact]
    public void A_window_holds_what_was_counted_in_it_and_nothing_older()
    {
        LookEach100Ms(seconds: 10);

        _counts.Over(Seconds(10), Seconds(2)).Should().Be(new ClientTotals(20, 2, 18, 1));
        _counts.Over(Seconds(10), Seconds(60)).Operations.Should().Be(100);
        _counts.Over(Seconds(20), Seconds(2)).Operations.Should().Be(0, "nothing was counted lately");
    }

    [Fact]
    public void A_moment_between_two_looks_is_the_earlier_one()
    {
        _counts.Note(Seconds(1), new ClientTotals(10, 0, 10, 0));
        _counts.Note(Seconds(2), new ClientTotals(20, 5, 15, 0));

        _counts.Over(Seconds(1.9), Seconds(60)).Operations.Should().Be(0);
        _counts.Over(Seconds(2.5), Seconds(1)).Bad.Should().Be(5);
    }

    [Fact]
    public void Counters_may_be_looked_at_while_windows_are_asked_for()
    {
        Parallel.Invoke(() => LookEach100Ms(seconds: 500), () =>
        {
            for (var i = 0; i < 5000; i++)
            {
                _counts.Over(Seconds(i / 10.0), Seconds(30)).Operations.Should().BeInRange(0, 5000);
            }
        });

        _counts.Over(Seconds(500), Seconds(1000)).Operations.Should().Be(5000);
    }

    private void LookEach100Ms(int seconds)
    {
        for (var i = 0; i <= seconds * 10; i++)
        {
            _counts.Note(TimeSpan.FromMilliseconds(i * 100), new ClientTotals(i, i / 10, i - (i / 10), i / 20));
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

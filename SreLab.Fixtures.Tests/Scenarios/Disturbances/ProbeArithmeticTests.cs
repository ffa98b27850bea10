using FluentAssertions;
using SreLab.Fixtures.Scenarios.Disturbances;

namespace SreLab.Fixtures.Tests.Scenarios.Disturbances;

public sealed class ProbeArithmeticTests
{
    [Fact]
    public void A_straight_line_is_followed_to_its_end()
    {
        var trend = new FreeSpaceTrend(TimeSpan.FromMinutes(5));
        for (var second = 0; second <= 10; second++)
        {
            trend.Add(TimeSpan.FromSeconds(100 + second), 1000 - (20 * second));
        }

        trend.Predict(TimeSpan.Zero).Should().BeApproximately(800, 1e-6);
        trend.Predict(TimeSpan.FromSeconds(39)).Should().BeApproximately(20, 1e-6);
        trend.Predict(TimeSpan.FromSeconds(41)).Should().BeApproximately(-20, 1e-6);
        trend.Most.Should().Be(1000);
    }

    [Fact]
    public void What_left_the_window_counts_no_more()
    {
        var trend = new FreeSpaceTrend(TimeSpan.FromSeconds(10));
        trend.Add(TimeSpan.Zero, 1000);
        for (var second = 11; second <= 20; second++)
        {
            trend.Add(TimeSpan.FromSeconds(second), 500);
        }

        trend.Predict(TimeSpan.FromHours(1)).Should().BeApproximately(500, 1e-6);
        trend.Most.Should().Be(500);
    }

    [Fact]
    public void One_look_predicts_nothing()
    {
        var trend = new FreeSpaceTrend(TimeSpan.FromSeconds(10));
        trend.Add(TimeSpan.Zero, 1000);

        trend.Predict(TimeSpan.FromHours(1)).Should().BeNull();
    }

    [Fact]
    public void A_counter_rises_within_its_window_and_from_0_after_a_restart()
    {
        var lately = new RecentIncrease(TimeSpan.FromMinutes(1));

        lately.Add(TimeSpan.FromSeconds(0), 7).Should().Be(0);
        lately.Add(TimeSpan.FromSeconds(10), 10).Should().Be(3);
        lately.Add(TimeSpan.FromSeconds(20), 2).Should().Be(5, "the counter began again");
        lately.Add(TimeSpan.FromSeconds(75), 2).Should().Be(0, "the rise is older than a minute");
    }

    [Theory]
    [InlineData("/bin/false # instead of: /bin/true", "/bin/true")]
    [InlineData("/bin/false # instead of: pgbackrest --stanza=x archive-push %p", "pgbackrest --stanza=x archive-push %p")]
    [InlineData("/bin/true", null)]
    [InlineData("/bin/false", null)]
    public void A_broken_archive_command_says_what_it_stands_for(string command, string? original) =>
        BrokenArchiving.Original(command).Should().Be(original);
}

using FluentAssertions;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Workloads.Telemetry;

public sealed class ClientCountsTests
{
    private readonly ClientCounts _counts = new();

    [Fact]
    public void Before_the_first_look_there_is_nothing() =>
        _counts.Over(At(5), Seconds(60)).Should().Be(default(ClientTotals));

    [Fact]
    public void What_was_counted_before_the_first_look_belongs_to_no_window()
    {
        _counts.Note(At(0), new ClientTotals(1000, 10, 990, 5));

        _counts.Over(At(1), Seconds(60)).Should().Be(default(ClientTotals));
    }

    [Fact]
    public void A_window_holds_what_was_counted_in_it_and_nothing_older()
    {
        LookEach100Ms(seconds: 10);

        _counts.Over(At(10), Seconds(2)).Should().Be(new ClientTotals(20, 2, 18, 1));
        _counts.Over(At(10), Seconds(60)).Operations.Should().Be(100);
        _counts.Over(At(20), Seconds(2)).Operations.Should().Be(0, "nothing was counted lately");
    }

    [Fact]
    public void A_moment_between_two_looks_is_the_earlier_one()
    {
        _counts.Note(At(1), new ClientTotals(10, 0, 10, 0));
        _counts.Note(At(2), new ClientTotals(20, 5, 15, 0));

        _counts.Over(At(1.9), Seconds(60)).Operations.Should().Be(0);
        _counts.Over(At(2.5), Seconds(1)).Bad.Should().Be(5);
    }

    [Fact]
    public void Counters_may_be_looked_at_while_windows_are_asked_for()
    {
        Parallel.Invoke(() => LookEach100Ms(seconds: 500), () =>
        {
            for (var i = 0; i < 5000; i++)
            {
                _counts.Over(At(i / 10.0), Seconds(30)).Operations.Should().BeInRange(0, 5000);
            }
        });

        _counts.Over(At(500), Seconds(1000)).Operations.Should().Be(5000);
    }

    private void LookEach100Ms(int seconds)
    {
        for (var i = 0; i <= seconds * 10; i++)
        {
            _counts.Note(At(i / 10.0), new ClientTotals(i, i / 10, i - (i / 10), i / 20));
        }
    }

    [Fact]
    public async Task A_log_goes_on_where_an_earlier_process_ended_and_leaves_a_torn_line_out()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("srelab-clients-").FullName, "clients.csv");
        await File.WriteAllTextAsync(file, "1767225600000,100,10,90,5\n1767225601000,200,20,180,10\n17672256", TestContext.Current.CancellationToken);
        var metrics = new ClientMetrics(Tests.Ledger.Objectives);
        metrics.Count(ClientSource.Ledger, ClientOutcome.Refused, 3);

        await using (var log = new ClientLog(metrics, file))
        {
            log.Counts.Over(At(1), Seconds(1)).Should().Be(new ClientTotals(100, 10, 90, 5));
        }

        ClientLog.Read(file).Last().Totals.Should().Be(new ClientTotals(203, 23, 180, 10));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static DateTimeOffset At(double seconds) => DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_000) + TimeSpan.FromSeconds(seconds);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

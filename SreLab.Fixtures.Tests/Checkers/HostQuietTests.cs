using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class HostQuietTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly Verdict Kept = Verdict.Holds("p99 is 180 ms", "< 200 ms", "180 ms");
    private static readonly Verdict Missed = Verdict.Late("p99 is 292 ms", "< 200 ms", "292 ms");

    [Fact]
    public void On_a_quiet_machine_a_verdict_stays_what_it_is()
    {
        Judge(Kept, Seconds(60, others: 0.02)).Should().Be(Kept);
        Judge(Missed, Seconds(60, others: 0.02)).Should().Be(Missed);
    }

    [Fact]
    public void On_a_disturbed_one_a_time_is_unknown_whether_it_was_kept_or_missed()
    {
        var host = Seconds(60, others: 0.38, most: "go build");

        foreach (var verdict in new[] { Kept, Missed })
        {
            var judged = Judge(verdict, host);
            judged.Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, IsDisturbed = true, IsLate = false, verdict.Measured });
            judged.Summary.Should().StartWith("disturbed (38 % of the processors taken by other programs, most by go build, during the pass); seen was: ");
        }
    }

    [Fact]
    public void What_the_host_of_a_virtual_machine_takes_disturbs_as_well() =>
        Judge(Kept, Seconds(60, others: 0, steal: 0.2)).Summary.Should().Contain("20 % of it by the host of this virtual machine");

    [Fact]
    public void A_burst_that_the_average_hides_doubts_a_miss_and_no_hit()
    {
        HostSample[] host = [.. Seconds(50, others: 0), .. Seconds(6, others: 0.5, from: 50), .. Seconds(44, others: 0, from: 56)];

        Judge(Missed, host).IsDisturbed.Should().BeTrue();
        Judge(Kept, host).Should().Be(Kept);
    }

    [Fact]
    public void What_is_broken_for_another_reason_than_a_time_stays_broken()
    {
        var lost = Verdict.Broken("3 acknowledged writes are lost");

        Judge(lost, Seconds(60, others: 0.9)).Should().Be(lost);
    }

    [Fact]
    public void What_is_unknown_on_a_disturbed_machine_says_so_too()
    {
        var unknown = Verdict.Unknown("the ledger reached 25 writes/s; 80 are needed");

        Judge(unknown, Seconds(60, others: 0.4)).Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, IsDisturbed = true });
        Judge(unknown, Seconds(60, others: 0)).Should().Be(unknown);
        Judge(unknown).Should().Be(unknown);
    }

    [Fact]
    public void Only_what_happened_within_the_window_counts() =>
        Judge(Kept, [.. Seconds(60, others: 0), .. Seconds(60, others: 1, from: 60)]).Should().Be(Kept);

    [Fact]
    public void A_short_window_is_seen_with_the_seconds_around_it()
    {
        HostSample[] host = [.. Seconds(30, others: 0), .. Seconds(1, others: 0.22, from: 30), .. Seconds(29, others: 0, from: 31)];
        var chain = new TimedWindow("BackupStale", Start.AddSeconds(30.1), Start.AddSeconds(30.9));

        HostQuiet.Apply(Kept, [chain], new HostHistory(host), Ledger.Objectives).Should().Be(Kept);
    }

    [Fact]
    public void A_window_that_nobody_watched_is_unknown_and_no_disturbance_that_may_be_excused() =>
        Judge(Kept, Seconds(20, others: 0)).Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, IsDisturbed = false })
            .And.BeOfType<Verdict>().Which.Summary.Should().StartWith("the machine was watched for 33 % of the pass");

    [Fact]
    public void Runs_of_releases_that_watched_no_machine_are_judged_as_they_were() =>
        HostQuiet.Apply(Kept, [Window], null, Ledger.Objectives).Should().Be(Kept);

    [Fact]
    public void One_disturbed_window_of_several_is_enough()
    {
        var quiet = new TimedWindow("the other pass", Start.AddSeconds(100), Start.AddSeconds(160));
        HostSample[] host = [.. Seconds(60, others: 0.3), .. Seconds(60, others: 0, from: 100)];

        HostQuiet.Apply(Kept, [quiet, Window], new HostHistory(host), Ledger.Objectives).IsDisturbed.Should().BeTrue();
    }

    private static TimedWindow Window => new("the pass", Start, Start.AddSeconds(60));

    private static Verdict Judge(Verdict verdict, params HostSample[] host) => HostQuiet.Apply(verdict, [Window], new HostHistory(host), Ledger.Objectives);

    private static HostSample[] Seconds(int count, double others, string most = "", double steal = 0, int from = 0) =>
    [
        .. Enumerable.Range(from, count).Select(s => new HostSample(
            Start.AddSeconds(s).ToUnixTimeMilliseconds(), Start.AddSeconds(s + 1).ToUnixTimeMilliseconds(), steal, most, others, Ours: 0.3, Others: others)),
    ];
}

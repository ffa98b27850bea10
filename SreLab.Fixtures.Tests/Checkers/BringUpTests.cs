using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class BringUpTests
{
    public static TheoryData<string> Refusals => ["plain text", "wrong password"];

    [Fact]
    public void A_whole_lab_holds_in_every_respect() =>
        Judge(StageRecords.Up()).Should().OnlyContain(v => v.Kind == VerdictKind.Holds);

    [Fact]
    public void A_lab_that_was_not_brought_up_is_unknown_in_every_respect() =>
        Judge(null).Should().OnlyContain(v => v.Kind == VerdictKind.Unknown && v.Summary == "the lab was not brought up in this run");

    [Fact]
    public void A_standby_that_is_gone_is_broken()
    {
        var up = StageRecords.Up();

        var verdict = BringUp.Members(up with { Members = [.. up.Members.SkipLast(1)] });

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Summary.Should().Be("not three whole members: 1 primary, 1 streaming, 1 synchronous");
    }

    [Fact]
    public void A_standby_that_does_not_stream_is_broken() =>
        BringUp.Members(StageRecords.Up().With("pg-3", m => m with { State = "starting" })).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void A_standby_that_calls_itself_running_streams() =>
        BringUp.Members(StageRecords.Up().With("pg-3", m => m with { State = "running" })).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void A_second_primary_is_broken() =>
        BringUp.Members(StageRecords.Up().With("pg-3", m => m with { Role = "primary" })).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void No_member_at_all_is_broken() =>
        BringUp.Members(StageRecords.Up() with { Members = [] }).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void A_cluster_of_any_size_is_whole_when_all_but_the_primary_stream()
    {
        var up = StageRecords.Up();

        BringUp.Whole(up with { Members = [.. up.Members.Take(2)] }).Kind.Should().Be(VerdictKind.Holds);
        BringUp.Whole(up with { Members = [.. up.Members.Take(1)] }).Kind.Should().Be(VerdictKind.Holds);
        BringUp.Whole(up with { Members = [] }).Kind.Should().Be(VerdictKind.Unknown);
        BringUp.Whole(up with { Members = [.. up.Members.Skip(1)] }).Summary.Should().Be("not whole: 0 primaries");
        BringUp.Whole(up.With("pg-3", m => m with { Role = "primary" })).Summary.Should().Be("not whole: 2 primaries");
        BringUp.Whole(up.With("pg-3", m => m with { State = "not streaming" })).Summary.Should().Be("not whole: pg-3 is standby not streaming on timeline 1");
        BringUp.Whole(up.With("pg-3", m => m with { Timeline = 2 })).Kind.Should().Be(VerdictKind.Broken);
    }

    [Fact]
    public void No_synchronous_standby_is_broken() =>
        BringUp.Members(StageRecords.Up().With("pg-2", m => m with { IsSynchronous = false })).Measured.Should().Be("1 primary, 2 streaming, 0 synchronous");

    [Fact]
    public void A_standby_on_another_timeline_is_broken() =>
        BringUp.Members(StageRecords.Up().With("pg-3", m => m with { Timeline = 2 })).Summary.Should().EndWith("timelines differ");

    [Theory]
    [InlineData(3, true, VerdictKind.Holds)]
    [InlineData(60, true, VerdictKind.Holds)]
    [InlineData(1, false, VerdictKind.Broken)]
    public void A_second_bring_up_finds_everything_healthy_however_long_it_takes(double seconds, bool isHealthy, VerdictKind expected) =>
        BringUp.Again(StageRecords.Up() with { SecondSeconds = seconds, SecondFoundItWhole = isHealthy }).Kind.Should().Be(expected);

    [Fact]
    public void The_time_of_a_bring_up_says_what_was_timed()
    {
        StageRecords.Up().DescribeTime().Should().StartWith("brought up in ");
        (StageRecords.Up() with { WasUp = true }).DescribeTime().Should().StartWith("attached to in ");
        (StageRecords.Up() with { Repairs = ["etcd of pg-1 was started"] }).DescribeTime().Should().StartWith("repaired in ");
    }

    [Fact]
    public void A_scrape_target_that_is_not_up_is_named()
    {
        var up = StageRecords.Up();

        foreach (var health in new[] { "down", "unknown" })
        {
            BringUp.Scraped(up with { ScrapeTargets = [.. up.ScrapeTargets.Select(t => t.Job == "etcd" ? t with { Health = health } : t)] })
                .Summary.Should().Be($"not everything is watched: etcd 127.0.0.1:1 is {health}");
        }
    }

    [Fact]
    public void A_job_without_a_target_is_broken_although_every_target_is_up()
    {
        var up = StageRecords.Up();

        var verdict = BringUp.Scraped(up with { ScrapeTargets = [.. up.ScrapeTargets.Where(t => t.Job != "haproxy")] });

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Details.Should().Equal("no target of job haproxy");
        BringUp.Scraped(up with { ScrapeTargets = [] }).Kind.Should().Be(VerdictKind.Broken);
    }

    [Fact]
    public void A_listener_beyond_loopback_is_named() =>
        BringUp.Private(StageRecords.Up() with { ListenersBeyondLoopback = ["etcd on 0.0.0.0:2379"] })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = "1 listeners beyond loopback: etcd on 0.0.0.0:2379" });

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_forbidden_connection_that_was_accepted_is_named(string attempt)
    {
        var attempts = StageRecords.Up().RefusedAttempts.ToDictionary();
        attempts[attempt] = UpRecord.Accepted;

        BringUp.Guarded(StageRecords.Up() with { RefusedAttempts = attempts })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = $"accepted: {attempt}", Measured = "1 of 2 refused" });
    }

    [Fact]
    public void Forbidden_connections_that_nobody_tried_are_unknown() =>
        BringUp.Guarded(StageRecords.Up() with { RefusedAttempts = new Dictionary<string, string>() }).Kind.Should().Be(VerdictKind.Unknown);

    private static List<Verdict> Judge(UpRecord? up) =>
    [
        BringUp.Members(up), BringUp.Whole(up), BringUp.Again(up), BringUp.Scraped(up),
        BringUp.Private(up), SafeSettings.Check(up), BringUp.Guarded(up),
    ];
}

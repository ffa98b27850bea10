using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

public sealed class MonitoringPaceTests
{
    private static readonly LabHome Home = new("/lab", "127.29.0");

    [Fact]
    public void The_usual_pace_is_no_slower_than_rates_over_30_s_allow() => MonitoringConfiguration.Usual.ScrapeSeconds.Should().BeInRange(5, 10);

    [Fact]
    public void Both_paces_scrape_the_suite_every_second()
    {
        foreach (var terms in new[] { MonitoringConfiguration.Usual, MonitoringConfiguration.Close })
        {
            var text = Write(terms);

            text[text.IndexOf("job_name: suite", StringComparison.Ordinal)..].Should().StartWith("job_name: suite\n  scrape_interval: 1s\n  scrape_timeout: 1s\n");
        }
    }

    [Fact]
    public void A_pace_is_known_by_its_file() => Write(MonitoringConfiguration.Usual).Should().NotBe(Write(MonitoringConfiguration.Close)).And.Contain("scrape_interval: 10s");

    [Fact]
    public void Faults_alerts_and_backups_are_watched_closely_and_the_benchmark_is_not() => Stages.WatchedClosely.Should()
        .Contain([Stages.Failover, Stages.Switchover, Stages.Alerts, Stages.Backup]).And.NotContain([Stages.Bench, Stages.Seed]);

    private static string Write(ChainTerms terms) => MonitoringConfiguration.Prometheus(Home, new LabNetwork("127.29.0"), terms);
}

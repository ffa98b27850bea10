using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Reporting.Page;

namespace SreLab.Fixtures.Tests.Reporting.Page;

public sealed class PageSeriesTests
{
    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(1000);

    [Fact]
    public void A_state_lasts_until_the_next_one()
    {
        var roles = Build(SeriesNames.IsPrimary, "pg-1", (1000, 1), (1001, 1), (1002, 0), (1003, 0)).Roles;

        roles.Should().Equal(new PageSpan("pg-1", "primary", 1_000_000, 1_002_000), new PageSpan("pg-1", "standby", 1_002_000, 1_003_000));
    }

    [Fact]
    public void An_absence_ends_a_state_and_breaks_a_line()
    {
        Build(SeriesNames.IsPrimary, "pg-1", (1000, 1), (1001, 1), (1010, 1), (1011, 1)).Roles.Select(s => (s.From, s.To))
            .Should().Equal((1_000_000, 1_001_000), (1_010_000, 1_011_000));

        Build(SeriesNames.ReplicationLagSeconds, "pg-2", (1000, 0.5), (1010, 0.7)).Lag.Single().Points
            .Should().BeEquivalentTo(new double?[][] { [1_000_000, 0.5], [1_000_001, null], [1_010_000, 0.7] }, o => o.WithStrictOrdering());
    }

    [Fact]
    public void A_state_of_one_point_lasts_a_step() =>
        Build(SeriesNames.IsPrimary, "pg-1", (1000, 1)).Roles.Single().To.Should().Be(1_001_000);

    [Fact]
    public void What_is_no_number_is_a_break_in_a_line_and_no_state()
    {
        Build(SeriesNames.ReplicationLagSeconds, "pg-2", (1000, double.NaN)).Lag.Single().Points.Single()[1].Should().BeNull();
        Build(SeriesNames.IsPrimary, "pg-2", (1000, double.NaN)).Roles.Should().BeEmpty();
    }

    [Fact]
    public void Pending_and_firing_of_one_instance_share_a_row()
    {
        var labels = new Dictionary<string, string> { ["alertname"] = "PostgresDown", ["member"] = "pg-1" };
        var record = new SeriesRecord(From, From.AddSeconds(9), 1, [Alert("pending", 1000), Alert("firing", 1002)]);

        PageSeries.Build(record).Alerts.Select(s => (s.Row, s.State)).Should().Equal(("PostgresDown pg-1", "pending"), ("PostgresDown pg-1", "firing"));

        RecordedSeries Alert(string state, double at) => new(SeriesNames.Alert, new Dictionary<string, string>(labels) { ["alertstate"] = state }, [[at, 1.0], [at + 1, 1.0]]);
    }

    private static PageMonitored Build(string name, string member, params (double At, double Value)[] points) => PageSeries.Build(new SeriesRecord(
        From,
        From.AddSeconds(20),
        1,
        [new RecordedSeries(name, new Dictionary<string, string> { ["member"] = member }, [.. points.Select(p => (IReadOnlyList<double>)[p.At, p.Value])])]));
}

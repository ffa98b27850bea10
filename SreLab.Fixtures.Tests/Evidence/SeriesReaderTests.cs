using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Tests.Evidence;

public sealed class SeriesReaderTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(60, 1)]
    [InlineData(1799, 1)]
    [InlineData(3600, 3)]
    [InlineData(86_400, 49)]
    public async Task A_run_of_any_length_has_a_bounded_number_of_points(int seconds, int expectedStep)
    {
        var monitoring = new RecordedQueries();
        var record = await SeriesReader.ReadAsync(monitoring, From, From.AddSeconds(seconds), TestContext.Current.CancellationToken);

        record.StepSeconds.Should().Be(expectedStep);
        monitoring.Steps.Should().OnlyContain(s => s == expectedStep);
        (seconds / record.StepSeconds + 1).Should().BeLessThanOrEqualTo(SeriesReader.MaximumPoints);
        monitoring.Queries.Should().Contain(FormattableString.Invariant($"max_over_time(ALERTS[{expectedStep}s])"));
    }

    [Fact]
    public async Task Every_series_keeps_its_labels_and_its_name_to_the_report()
    {
        var record = await SeriesReader.ReadAsync(new RecordedQueries(), From, From.AddSeconds(60), TestContext.Current.CancellationToken);

        record.Series.Select(s => s.Name).Should().Equal(
            SeriesNames.IsPrimary, SeriesNames.ReplicationLagSeconds, SeriesNames.TransactionsPerSecond, SeriesNames.CpuBusyRatio, SeriesNames.Alert);
        record.Series.Should().OnlyContain(s => s.Labels["member"] == "pg-1" && s.Points.Single().SequenceEqual(new[] { From.ToUnixTimeSeconds(), 0.25 }));
    }

    private sealed class RecordedQueries : ILabMonitoring
    {
        internal List<string> Queries { get; } = [];

        internal List<double> Steps { get; } = [];

        public ChainTerms Terms => throw new NotSupportedException();

        public Uri Suite => throw new NotSupportedException();

        public Task<IReadOnlyList<MetricSeries>> QueryRangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken ct)
        {
            Queries.Add(query);
            Steps.Add(step.TotalSeconds);
            return Task.FromResult<IReadOnlyList<MetricSeries>>([new MetricSeries(new Dictionary<string, string> { ["member"] = "pg-1" }, [new MetricPoint(from, 0.25)])]);
        }

        public Task<IReadOnlyList<MetricSeries>> QueryAsync(string query, DateTimeOffset? at, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<LoadedRule>> GetRulesAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task<string> ReadAsync(MonitoringFile file, CancellationToken ct) => throw new NotSupportedException();

        public Task ReplaceAsync(MonitoringFile file, string content, CancellationToken ct) => throw new NotSupportedException();

        public Task AnnounceSuiteAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task WithdrawSuiteAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task RecordBackupAsync(DateTimeOffset? finishedUtc, CancellationToken ct) => throw new NotSupportedException();
    }
}

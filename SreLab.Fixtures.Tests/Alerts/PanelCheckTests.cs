using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Tests.Alerts;

public sealed class PanelCheckTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("srelab-panels-").FullName;

    [Fact]
    public async Task Every_query_is_sent_with_its_variables_filled_in()
    {
        Write(
            Panel(1, "Now", """{"expr":"up{cluster=\"$cluster\", member=~\"$member\"}","instant":true}"""),
            Panel(2, "Rate", """{"expr":"rate(x{cluster=\"$cluster\"}[$__rate_interval])"},{"expr":"$unknown"}"""));

        (await RunAsync()).Should().BeEquivalentTo(
            new[]
            {
                new PanelRecord("d.json", "variable $cluster", "group by (cluster) (up)", 1, null),
                new PanelRecord("d.json", "variable $member", "group by (member) (up{cluster=\"srelab\"})", 2, null),
                new PanelRecord("d.json", "Now", "up{cluster=\"srelab\", member=~\"(pg-1|pg-2)\"}", 1, null),
                new PanelRecord("d.json", "Rate", "rate(x{cluster=\"srelab\"}[6s])", 1, null),
                new PanelRecord("d.json", "Rate", "$unknown", 0, "$unknown has no value in: $unknown"),
            },
            o => o.WithStrictOrdering());
    }

    [Fact]
    public async Task A_series_without_a_number_is_no_data_and_an_error_is_kept()
    {
        Write(Panel(1, "Empty", """{"expr":"nan","instant":true},{"expr":"refused","instant":true}"""));

        (await RunAsync()).Where(p => p.Panel == "Empty").Should().BeEquivalentTo(
            [new PanelRecord("d.json", "Empty", "nan", 0, null), new PanelRecord("d.json", "Empty", "refused", 0, "no")]);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task<IReadOnlyList<PanelRecord>> RunAsync() =>
        (await PanelCheck.RunAsync(new Answers(), new ObservabilityFiles(_root), TestContext.Current.CancellationToken)).Panels;

    private static string Panel(int id, string title, string targets) =>
        $$"""{"id":{{id}},"type":"stat","title":"{{title}}","gridPos":{"x":0,"y":0,"w":1,"h":1},"targets":[{{targets}}]}""";

    private void Write(params string[] panels)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "observability", "dashboards"));
        File.WriteAllText(Path.Combine(folder.FullName, "d.json"), $$$"""
            {"uid":"d","title":"D","schemaVersion":39,"panels":[{{{string.Join(',', panels)}}}],
             "templating":{"list":[
               {"name":"datasource","type":"datasource","query":"prometheus"},
               {"name":"cluster","type":"query","query":"label_values(up, cluster)"},
               {"name":"member","type":"query","query":"label_values(up{cluster=\"$cluster\"}, member)"}]}}
            """);
    }

    /// <summary>Two members of one cluster, whatever is asked.</summary>
    private sealed class Answers : ILabMonitoring
    {
        public ChainTerms Terms => new(1, 1, 0, 1);

        public Uri Suite => new("http://127.0.0.1:1");

        public Task<IReadOnlyList<MetricSeries>> QueryAsync(string query, DateTimeOffset? at, CancellationToken ct) => query switch
        {
            "refused" => throw new LabException("no"),
            "nan" => Task.FromResult<IReadOnlyList<MetricSeries>>([Series("x", "y", double.NaN)]),
            _ when query.StartsWith("group by (member)", StringComparison.Ordinal) =>
                Task.FromResult<IReadOnlyList<MetricSeries>>([Series("member", "pg-2", 1), Series("member", "pg-1", 1)]),
            _ => Task.FromResult<IReadOnlyList<MetricSeries>>([Series("cluster", "srelab", 1)]),
        };

        public Task<IReadOnlyList<MetricSeries>> QueryRangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<MetricSeries>>([new MetricSeries(new Dictionary<string, string>(), [new(from, double.NaN), new(to, 0)])]);

        public Task<IReadOnlyList<LoadedRule>> GetRulesAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task<string> ReadAsync(MonitoringFile file, CancellationToken ct) => throw new NotSupportedException();

        public Task ReplaceAsync(MonitoringFile file, string content, CancellationToken ct) => throw new NotSupportedException();

        public Task AnnounceSuiteAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task WithdrawSuiteAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task RecordBackupAsync(DateTimeOffset? finishedUtc, CancellationToken ct) => throw new NotSupportedException();

        private static MetricSeries Series(string label, string value, double number) =>
            new(new Dictionary<string, string> { [label] = value }, [new MetricPoint(DateTimeOffset.UnixEpoch, number)]);
    }
}

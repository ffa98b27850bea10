using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Alerts;

public sealed class NamedMetricsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("srelab-named-").FullName;

    [Fact]
    public void Recorded_metrics_alerts_and_panels_need_each_name_and_branches_need_one()
    {
        WriteRule("rules/recording/10-x.yml", "record: 'srelab:up'", "max by (member) (pg_up) or max by (member) (cnpg_up) or 0 * up");
        WriteRule("rules/alerts/Off.yml", "alert: Off", "srelab:up == 0 or absent(raw_b)");
        WriteRule("rules/slo/run.yml", "record: 'srelab:budget'", "a_total / b_total");
        WriteDashboard("""rate(x_total{cluster=\"$cluster\"}[$__rate_interval]) or rate(cnpg_x_total[5m])""");

        NamedMetrics.In(new ObservabilityFiles(_root)).Should().BeEquivalentTo(new Dictionary<string, string[]>
        {
            ["srelab:up"] = ["observability/dashboards/d.json", "observability/rules/alerts/Off.yml", "observability/rules/recording/10-x.yml"],
            ["cnpg_up or pg_up"] = ["observability/rules/recording/10-x.yml"],
            ["raw_b"] = ["observability/rules/alerts/Off.yml"],
            ["srelab:budget"] = ["observability/rules/slo/run.yml"],
            ["a_total"] = ["observability/rules/slo/run.yml"],
            ["b_total"] = ["observability/rules/slo/run.yml"],
            ["cnpg_x_total or x_total"] = ["observability/dashboards/d.json"],
            ["ALERTS"] = ["observability/dashboards/d.json"],
        });
    }

    [Fact]
    public void An_expression_that_cannot_be_read_is_told_with_its_file()
    {
        WriteRule("rules/alerts/Off.yml", "alert: Off", "sum(up");

        var read = () => NamedMetrics.In(new ObservabilityFiles(_root));

        read.Should().Throw<LabException>().WithMessage("metrics unreadable: Off.yml, Off: parentheses do not match*");
    }

    [Theory]
    [InlineData("rules: []")]
    [InlineData("groups: [{name: x, rules: [{record: y}]}]")]
    public void What_is_no_rule_file_is_refused(string text)
    {
        Write("rules/alerts/Off.yml", text);

        var read = () => RuleExpression.LoadAll(new ObservabilityFiles(_root));

        read.Should().Throw<LabException>().WithMessage("rules unreadable*promtool check rules*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"schemaVersion":39,"panels":[{"title":"x"}]}""")]
    public void What_is_no_dashboard_is_refused(string text)
    {
        var read = () => Dashboard.Parse("d.json", text);

        read.Should().Throw<LabException>().WithMessage("dashboard unreadable: d.json*");
    }

    [Fact]
    public void A_metric_with_a_place_of_its_own_is_named_by_a_rule_or_a_panel() =>
        MetricPlaces.Listed.Keys.Except(NamedMetrics.In(new ObservabilityFiles(Repository.Root)).Keys.SelectMany(k => k.Split(NamedMetrics.Or)))
            .Should().BeEmpty("an entry that nobody needs hides nothing but a mistake");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void WriteRule(string path, string name, string expression) =>
        Write(path, $"groups:\n- name: g\n  rules:\n  - {name}\n    expr: |\n      {expression}\n");

    private void WriteDashboard(string query) => Write("dashboards/d.json", $$$"""
        {"uid":"d","title":"D","schemaVersion":39,
         "annotations":{"list":[{"name":"built in"},{"expr":"ALERTS{}"}]},
         "templating":{"list":[{"name":"cluster","type":"query","query":{"query":"label_values(srelab:up, cluster)"}}]},
         "panels":[{"id":1,"type":"row","title":"R","gridPos":{"x":0,"y":0,"w":24,"h":1},"panels":[
           {"id":2,"type":"stat","title":"S","gridPos":{"x":0,"y":1,"w":4,"h":4},"targets":[{"expr":"{{{query}}}"}]}]}]}
        """);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, "observability", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Tests.Conventions;

public sealed partial class DashboardTests
{
    private static readonly ObservabilityFiles Observability = new(Repository.Root);

    private static readonly DashboardRules Rules = new(new PanelRules(
        new[] { Observability.MonthSloRules }.Where(File.Exists).SelectMany(RuleExpression.Load).Concat(RuleExpression.LoadAll(Observability))
            .Where(r => !r.IsAlert).Select(r => r.Name).ToHashSet(StringComparer.Ordinal),
        RuleExpression.LoadAll(Observability).Where(r => r.IsAlert).DistinctBy(r => r.Name).ToDictionary(r => r.Name, r => LimitOf(r.Expression))));

    public static TheoryData<string> Files => [.. Observability.Dashboards.Select(f => Path.GetFileName(f))];

    [Fact]
    public void The_six_dashboards_are_there() =>
        Files.Select(f => f.Data).Should().BeEquivalentTo("overview.json", "replication.json", "database.json", "load-slo.json", "hosts.json", "workloads.json");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_dashboard_owes_its_reader_nothing(string file) => Rules.Problems(Load(file)).Should().BeEmpty();

    [Fact]
    public void Thresholds_of_clients_are_the_objectives()
    {
        var objectives = Objectives.Load(Repository.PathOf("slos.json"));
        var panels = Load("load-slo.json").Panels;

        panels.Where(p => p.Title is "p99 latency" or "Latency").Should().HaveCount(2).And.OnlyContain(p => p.Thresholds.Contains((double)objectives.BenchLatencyP99Ms / 1000));
        panels.Where(p => p.Title is "Operations that fail" or "Share that fails").Should().HaveCount(2).And.OnlyContain(p => p.Thresholds.Contains((double)objectives.BenchErrorRatio));
    }

    [Fact]
    public void The_objective_of_the_workloads_is_the_bound_of_a_bucket_and_a_threshold()
    {
        var seconds = (double)Objectives.Load(Repository.PathOf("slos.json")).WorkloadLatencyP99Ms / 1000;
        var slow = RuleExpression.LoadAll(Observability).Single(r => r.Name == "srelab:workload_slow_total").Expression;

        slow.Should().Contain(FormattableString.Invariant($"le=\"{seconds}\""));
        Load("workloads.json").Panels.Where(p => p.Title.Contains("p99", StringComparison.Ordinal)).Should().HaveCount(2).And.OnlyContain(p => p.Thresholds.Contains(seconds));
    }

    [Fact]
    public void A_panel_that_may_be_empty_exists() =>
        QuietPanels.Listed.Keys.Where(q => !Load(q.Dashboard).Panels.Any(p => p.Title == q.Panel)).Should().BeEmpty();

    [Theory]
    [InlineData("uid", "\"x\"", "uid 'x' is not srelab-")]
    [InlineData("schemaVersion", "36", "schema version 36")]
    [InlineData("title", "\"Overview\"", "does not begin with")]
    [InlineData("annotations.list", "[]", "firing alerts are not marked")]
    [InlineData("annotations.list.3.expr", "\"ALERTS\"", "fault windows are not marked")]
    [InlineData("annotations.list.1.expr", "\"ALERTS{}\"", "ALERTS is read of every cluster")]
    [InlineData("links", "[]", "no link to the runbooks")]
    [InlineData("templating.list.0.type", "\"custom\"", "no variable for the data source")]
    [InlineData("templating.list.1.datasource.uid", "\"P123\"", "variable $cluster asks 'P123'")]
    [InlineData("templating.list.2.name", "\"other\"", "$member is no variable")]
    [InlineData("templating.list.2.name", "\"other\"", "variable $other changes nothing")]
    [InlineData("panels.1.id", "1", "id 1 is used 2 times")]
    [InlineData("panels.1.title", "\"Primaries\"", "is the title of 2 panels")]
    [InlineData("panels.1.gridPos.x", "22", "outside of 24 columns")]
    [InlineData("panels.1.gridPos.x", "1", "'Primaries' covers")]
    [InlineData("panels.0.description", "\"\"", "no sentence that describes it")]
    [InlineData("panels.0.fieldConfig.defaults.unit", "\"\"", "unit '' is none of")]
    [InlineData("panels.0.datasource.uid", "\"prometheus\"", "it asks 'prometheus'")]
    [InlineData("panels.0.targets", "[]", "it asks nothing")]
    [InlineData("panels.0.targets.0.datasource.uid", "\"prometheus\"", "a query asks 'prometheus'")]
    [InlineData("panels.0.targets.0.expr", "\"\"", "a query names no metric")]
    [InlineData("panels.0.targets.0.expr", "\"sum(\"", "parentheses do not match")]
    [InlineData("panels.0.targets.0.expr", "\"srelab:postgres_up{cluster=\\\"$cluster\\\", member=\\\"pg-1\\\"}\"", "'pg-1' is true of one lab alone")]
    [InlineData("panels.0.targets.0.expr", "\"up{cluster=\\\"$cluster\\\"} + srelab:postgres_up\"", "srelab:postgres_up is read of every cluster")]
    [InlineData("panels.0.targets.0.expr", "\"srelab:no_such{cluster=\\\"$cluster\\\"}\"", "no rule records srelab:no_such")]
    [InlineData("panels.0.links.0.url", "\"https://x/NoSuchAlert.md\"", "NoSuchAlert, which is no alert")]
    [InlineData("panels.3.fieldConfig.defaults.thresholds.steps.2.value", "9", "ReplicationLagHigh fires at 5")]
    [InlineData("panels.9.targets.0.legendFormat", "\"\"", "a series without a name")]
    public void Each_rule_sees_what_it_forbids(string path, string json, string problem)
    {
        var root = JsonNode.Parse(File.ReadAllText(Observability.Dashboards.Single(f => f.EndsWith("overview.json", StringComparison.Ordinal))))!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => Child(node, step));
        parent[steps[^1]] = JsonNode.Parse(json);

        Rules.Problems(Dashboard.Parse("overview.json", root.ToJsonString())).Should().Contain(p => p.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a > 5", 5.0)]
    [InlineData("a > 26 * 3600", 93_600.0)]
    [InlineData("a > 300e6", 300_000_000.0)]
    [InlineData("round(increase(a[1m])) > 5", 5.0)]
    [InlineData("a == 0", null)]
    [InlineData("a == 1 or b > 300", null)]
    public void The_limit_of_an_alert_is_its_one_comparison(string expression, double? limit) => LimitOf(expression).Should().Be(limit);

    private static JsonNode Child(JsonNode node, string step) => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? node[index]! : node[step]!;

    private static Dashboard Load(string file) => Dashboard.Load(Observability.Dashboards.Single(f => Path.GetFileName(f) == file));

    private static double? LimitOf(string expression) => Limit().Match(expression.Trim()) is { Success: true } match
        ? match.Groups["factor"].Captures.Select(c => double.Parse(c.Value, CultureInfo.InvariantCulture)).Aggregate((a, b) => a * b)
        : null;

    [GeneratedRegex(@"^[^<>=]+>\s*(?<factor>[\d.e]+)(\s*\*\s*(?<factor>[\d.e]+))*$")]
    private static partial Regex Limit();
}

using FluentAssertions;
using SreLab.Fixtures.Alerts;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>Every alert has a rule, a test and a runbook, and every name that is read is recorded.</summary>
public sealed class ObservabilityTests
{
    private static readonly ObservabilityFiles Files = new(Repository.Root);

    [Fact]
    public void There_are_alerts() => Files.AlertRules.Should().HaveCountGreaterThanOrEqualTo(18);

    [Fact]
    public void Each_alert_has_a_file_of_its_own_with_labels_and_texts() => AlertProblems.OfRules(Files).Should().BeEmpty();

    [Fact]
    public void Each_alert_is_tested_silent_and_firing() => AlertProblems.OfRuleTests(Files).Should().BeEmpty();

    [Fact]
    public void Each_alert_has_a_runbook() => AlertProblems.OfRunbooks(Files).Should().BeEmpty();

    [Fact]
    public void Each_name_that_is_read_is_recorded_once_before_and_explained() => RecordedNames.Problems(Files).Should().BeEmpty();

    [Fact]
    public void A_repository_in_order_has_no_problem()
    {
        using var sample = new SampleObservability();

        sample.Problems().Should().BeEmpty();
    }

    [Theory]
    [InlineData("observability/rules/alerts/Sample.yml", "alert: Sample", "alert: Other", "must hold the alert Sample")]
    [InlineData("observability/rules/alerts/Sample.yml", "    rules:\n", "    rules:\n      - { record: extra, expr: up }\n", "must hold the alert Sample")]
    [InlineData("observability/rules/alerts/Sample.yml", "severity: page", "severity: urgent", "neither page nor ticket")]
    [InlineData("observability/rules/alerts/Sample.yml", "          summary: says it\n", "", "annotations are")]
    [InlineData("observability/rules/alerts/Sample.yml", "summary: says it", "summary: ''", "annotations are")]
    [InlineData("observability/rules/alerts/Sample.yml", "runbooks/Sample.md", "runbooks/Simple.md", "runbook_url is")]
    [InlineData("observability/rules/alerts/Sample.yml", "srelab:thing", "srelab:thong", "which nobody records")]
    [InlineData("observability/rules-tests/Sample.yml", null, null, "Sample has no test")]
    [InlineData("observability/rules-tests/Sample.yml", "alertname: Sample", "alertname: Other", "does not look at Sample")]
    [InlineData("observability/rules-tests/Sample.yml", "exp_alerts: []", "exp_alerts: [{ exp_labels: { severity: page }, exp_annotations: { summary: a, description: b, runbook_url: c } }]", "never sees it silent")]
    [InlineData("observability/rules-tests/Sample.yml", SampleObservability.Firing, "exp_alerts: []", "never sees it fire")]
    [InlineData("observability/rules-tests/Sample.yml", "summary: says it, ", "", "does not compare severity")]
    [InlineData("observability/rules-tests/Sample.yml", "severity: page", "cluster: a", "does not compare severity")]
    [InlineData("observability/rules-tests/Stray.yml", "", "tests: []", "belongs to no alert")]
    [InlineData("docs/runbooks/Sample.md", null, null, "Sample has no runbook")]
    [InlineData("docs/runbooks/Sample.md", "## Impact", "## Effect", "needs the title")]
    [InlineData("docs/runbooks/Sample.md", "# Sample", "# Simple", "needs the title")]
    [InlineData("docs/runbooks/Sample.md", "Somebody is hurt.", "", "has a part without text")]
    [InlineData("docs/runbooks/README.md", "[Sample](Sample.md)", "Sample", "does not list")]
    [InlineData("docs/runbooks/Stray.md", "", "# Stray", "the runbook Stray belongs to no alert")]
    [InlineData("observability/rules/recording/10-things.yml", "srelab:other", "srelab:thing", "recorded twice")]
    [InlineData("observability/rules/recording/10-things.yml", "record: srelab:other", "record: other", "does not begin with")]
    [InlineData("observability/rules/recording/10-things.yml", "expr: up", "expr: srelab:other", "not recorded before it")]
    [InlineData("observability/README.md", "| `srelab:other` |", "| other |", "does not explain srelab:other")]
    [InlineData("observability/README.md", "| `srelab:other` |", "| `srelab:other`, `srelab:gone` |", "explains srelab:gone")]
    public void The_rule_itself_sees_what_it_forbids(string file, string? text, string? instead, string problem)
    {
        using var sample = new SampleObservability();

        sample.Change(file, text, instead);

        sample.Problems().Should().Contain(p => p.Contains(problem, StringComparison.Ordinal));
    }
}

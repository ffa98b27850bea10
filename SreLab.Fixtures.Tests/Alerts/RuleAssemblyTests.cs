using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Alerts;

public sealed class RuleAssemblyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-rules-").FullName;

    [Fact]
    public void Files_become_one_group_in_their_order_and_keep_their_text()
    {
        var first = Write("a.yml", "groups:\n- name: one\n  rules:\n  - {record: 'srelab:x', expr: 'up == 1'}\n");
        var second = Write(
            "b.yml",
            "groups:\n- name: two\n  rules:\n  - alert: Off\n    expr: 'srelab:x < 1'\n    for: 5s\n    labels: {severity: page}\n    annotations: {summary: '{{ $labels.member }}: off'}\n");

        var joined = Write("joined.yml", RuleAssembly.Join([first, second]));

        AlertRule.Load(joined).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Name = "Off", Severity = "page", Expression = "srelab:x < 1", For = TimeSpan.FromSeconds(5), Annotations = new Dictionary<string, string> { ["summary"] = "{{ $labels.member }}: off" } });
        File.ReadAllText(joined).Should().Contain("record: srelab:x").And.Contain("expr: up == 1");
        File.ReadAllText(joined).Split("- name:").Should().HaveCount(2, "there is one group");
    }

    [Fact]
    public void A_recording_rule_that_is_added_joins_the_group_at_its_end()
    {
        var first = Write("a.yml", "groups:\n- name: one\n  rules:\n  - {record: 'srelab:x', expr: 'up == 1'}\n  - {alert: Off, expr: 'srelab:x < 1', for: 5s, labels: {severity: page}}\n");
        var joined = RuleAssembly.Join([first]);

        var text = RuleAssembly.WithRecordingRule(joined, "srelab:y", "up * on () up");

        text.Should().StartWith(joined.TrimEnd()).And.EndWith("  - record: srelab:y\n    expr: up * on () up\n");
    }

    [Theory]
    [InlineData("rules: []")]
    [InlineData("groups: 5")]
    [InlineData("groups: [ {")]
    public void What_is_no_rule_file_is_refused(string text)
    {
        var file = Write("bad.yml", text);

        var join = () => RuleAssembly.Join([file]);

        join.Should().Throw<LabException>().WithMessage("rules unreadable*promtool check rules*");
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("5s", 5)]
    [InlineData("2500ms", 2.5)]
    [InlineData("1h30m", 5400)]
    [InlineData("2d", 172_800)]
    public void Durations_read_as_Prometheus_writes_them(string text, double seconds) =>
        AlertRule.ParseDuration(text).TotalSeconds.Should().Be(seconds);

    [Theory]
    [InlineData("5")]
    [InlineData("five")]
    [InlineData("5s later")]
    public void What_is_no_duration_is_refused(string text)
    {
        var parse = () => AlertRule.ParseDuration(text);

        parse.Should().Throw<FormatException>();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}

using System.Text.RegularExpressions;
using FluentAssertions;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>Negative controls of the rules' tests: a rule that is spoilt turns its test red.</summary>
public sealed partial class RuleTestRunTests : IDisposable
{
    private readonly string _copy = Directory.CreateTempSubdirectory("srelab-rules-").FullName;

    [Fact]
    public async Task Every_test_is_red_when_its_rule_is_dead()
    {
        var red = await RedAsync("vector(0) == 1");

        // The firing was expected and did not come.
        red.Where(f => !f.Value.Contains("got:[]", StringComparison.Ordinal)).Should().BeEmpty();
        red.Keys.Should().BeEquivalentTo(Alerts());
    }

    [Fact]
    public async Task Every_test_is_red_when_its_rule_always_fires()
    {
        var red = await RedAsync("vector(1)");

        // Silence was expected and did not last.
        red.Where(f => !f.Value.Contains("exp:[]", StringComparison.Ordinal)).Should().BeEmpty();
        red.Keys.Should().BeEquivalentTo(Alerts());
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    /// <summary>What promtool says of each test that failed, by its alert, after every alert's expression was replaced.</summary>
    private async Task<Dictionary<string, string>> RedAsync(string expression)
    {
        RequirePromtool();
        foreach (var file in Repository.SourcesBelow("observability", "*.yml"))
        {
            var copy = Path.Combine(_copy, Path.GetRelativePath(Repository.PathOf("observability"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var isAlert = Path.GetFileName(Path.GetDirectoryName(file)) == "alerts";
            await File.WriteAllTextAsync(copy, isAlert ? Expression().Replace(text, $"expr: {expression}\n") : text, TestContext.Current.CancellationToken);
        }

        // promtool names the file on one stream and says what failed on the other: read as one, they keep their order.
        var result = await ChildProcess.RunAsync(
            "/bin/sh",
            ["-c", "exec promtool test rules \"$@\" 2>&1", "sh", .. Alerts().Select(a => $"rules-tests/{a}.yml")],
            null,
            _copy,
            null,
            TestContext.Current.CancellationToken);

        result.ExitCode.Should().NotBe(0, "the rules were spoilt");
        return Section().Matches(result.Output).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Alerts() =>
        Repository.SourcesBelow("observability/rules/alerts", "*.yml").Select(f => Path.GetFileNameWithoutExtension(f));

    private static void RequirePromtool()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "promtool"))))
        {
            Assert.Skip("promtool not found on PATH; install it with: make deps");
        }
    }

    [GeneratedRegex(@"expr: (\|\n( {10}.*\n)+|.*\n)")]
    private static partial Regex Expression();

    [GeneratedRegex(@"Unit Testing: +rules-tests/(\w+)\.yml\n +FAILED:\n((?:(?!Unit Testing:).*\n?)*)")]
    private static partial Regex Section();
}

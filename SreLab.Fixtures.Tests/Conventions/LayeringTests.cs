using System.Text.RegularExpressions;
using FluentAssertions;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>Who may know whom: pure judges at the bottom, the test framework only at the top.</summary>
public sealed partial class LayeringTests
{
    [Theory]
    [InlineData("Cluster")]
    [InlineData("Histories")]
    [InlineData("Checkers")]
    [InlineData("Slos")]
    public void Facts_and_judges_know_no_test_framework_no_process_no_network(string folder) =>
        Offenders(Repository.SourcesBelow($"SreLab.Fixtures/{folder}"), OutsideWorld()).Should().BeEmpty();

    [Fact]
    public void Only_lab_and_scenarios_know_the_test_framework() =>
        Offenders(
            Repository.SourcesBelow("SreLab.Fixtures").Where(f => !Repository.RelativeOf(f).StartsWith("SreLab.Fixtures/Lab/", StringComparison.Ordinal)
                && !Repository.RelativeOf(f).StartsWith("SreLab.Fixtures/Scenarios/", StringComparison.Ordinal)),
            TestFramework()).Should().BeEmpty();

    [Fact]
    public void Specs_hold_no_statement_of_SQL_no_wait_and_no_process() =>
        Offenders(Repository.SourcesBelow("SreLab.Specs"), SpecTaboo()).Should().BeEmpty();

    [Theory]
    [InlineData("using Xunit;", true)]
    [InlineData("var p = System.Diagnostics.Process.Start(x);", true)]
    [InlineData("using var client = new HttpClient();", true)]
    [InlineData("using Npgsql;", true)]
    [InlineData("/// <summary>Process and HttpClient in a comment.</summary>", false)]
    [InlineData("internal sealed record ProcessedRow(int Id);", false)]
    public void The_rule_itself_sees_what_it_forbids(string line, bool isForbidden) =>
        OutsideWorld().IsMatch(CodeText.WithoutComments(line)).Should().Be(isForbidden);

    private static List<string> Offenders(IEnumerable<string> files, Regex forbidden) =>
        [.. files.Select(f => (File: Repository.RelativeOf(f), Match: forbidden.Match(CodeText.Of(f)))).Where(f => f.Match.Success).Select(f => $"{f.File}: {f.Match.Value}")];

    [GeneratedRegex(@"\bXunit\b|\bProcess(StartInfo)?\b|\bHttpClient\b|\bSystem\.Net\b|\bNpgsql\w*")]
    private static partial Regex OutsideWorld();

    [GeneratedRegex(@"\bXunit\b")]
    private static partial Regex TestFramework();

    [GeneratedRegex(@"\bNpgsql\w*|\bTask\.Delay\b|\bWait\.|\bProcess\b|""\s*(?i:select|insert|update|delete|alter)\s")]
    private static partial Regex SpecTaboo();
}

using System.Text.RegularExpressions;
using FluentAssertions;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>Script and style of the page are held to the rules of the other sources.</summary>
public sealed partial class PageSourceTests
{
    private const string Folder = "SreLab.Report.Page";

    private static IReadOnlyList<string> Sources { get; } =
    [
        .. new[] { "*.js", "*.css", "*.html" }.SelectMany(p => Repository.SourcesBelow(Folder, p)).Where(f => !f.Contains("/node_modules/", StringComparison.Ordinal)),
    ];

    [Fact]
    public void A_file_is_short_enough_to_be_read_at_once()
    {
        Sources.Should().HaveCountGreaterThan(10);
        Sources.Where(f => File.ReadLines(f).Count() > 200).Select(Repository.RelativeOf).Should().BeEmpty();
    }

    [Fact]
    public void Text_of_the_evidence_is_never_parsed_as_markup() =>
        Sources.SelectMany(f => Markup().Matches(File.ReadAllText(f)).Select(m => $"{Repository.RelativeOf(f)}: {m.Value}")).Should().BeEmpty();

    [Fact]
    public void The_lock_file_pins_every_package_by_its_content_and_names_no_host()
    {
        var text = Repository.Read($"{Folder}/package-lock.json");

        text.Should().NotContain("://").And.NotContain("\"resolved\"");
        Package().Count(text).Should().Be(Integrity().Count(text)).And.BeGreaterThan(4);
    }

    [Fact]
    public void No_version_of_a_package_is_a_range() =>
        Version().Matches(Repository.Read($"{Folder}/package.json")).Select(m => m.Groups[1].Value).Should().NotBeEmpty().And.OnlyContain(v => Exact().IsMatch(v));

    [Theory]
    [InlineData("element.innerHTML = text", true)]
    [InlineData("document.write(text)", true)]
    [InlineData("element.textContent = text", false)]
    public void The_rule_itself_sees_what_it_forbids(string line, bool isForbidden) => Markup().IsMatch(line).Should().Be(isForbidden);

    [GeneratedRegex(@"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function|DOMParser|srcdoc)\b")]
    private static partial Regex Markup();

    [GeneratedRegex("\"node_modules/[^\"]+\": \\{")]
    private static partial Regex Package();

    [GeneratedRegex("\"integrity\": \"sha512-")]
    private static partial Regex Integrity();

    [GeneratedRegex("\"(?:echarts|axe-core|esbuild)\": \"([^\"]+)\"")]
    private static partial Regex Version();

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex Exact();
}

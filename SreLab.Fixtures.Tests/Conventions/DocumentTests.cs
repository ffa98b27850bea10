using System.Text.RegularExpressions;
using FluentAssertions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Conventions;

public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Repository.SourcesBelow("docs", "*.md")).Concat(Repository.SourcesBelow("workloads", "*.md")).Select(Repository.RelativeOf).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_of_a_document_is_a_target_of_the_Makefile(string document) =>
        MakeTargets.NamedIn(Repository.Read(document)).Distinct().Except(MakeTargets.All).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_of_a_document_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;

        Link().Matches(WithoutCode(Repository.Read(document))).Select(m => m.Groups[1].Value.Split('#')[0])
            .Where(l => l.Length > 0 && !l.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, l)))
            .Should().BeEmpty();
    }

    [Fact]
    public void The_readme_explains_every_setting_that_the_environment_can_change()
    {
        var readme = Repository.Read("README.md");

        SettingNames.All.Where(s => s is not (SettingNames.Plant or SettingNames.ProgressDescriptor))
            .Where(s => !readme.Contains($"`{s}`", StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    [Fact]
    public void Decisions_are_numbered_without_a_gap_and_named_after_their_title()
    {
        var files = Repository.SourcesBelow("docs/adr", "*.md").Select(f => Path.GetFileName(f)).ToList();

        files.Should().OnlyContain(f => AdrName().IsMatch(f));
        files.Select(f => int.Parse(f[..4], System.Globalization.CultureInfo.InvariantCulture)).Should().Equal(Enumerable.Range(1, files.Count));
    }

    [Fact]
    public void Every_decision_names_what_holds_it_and_that_exists()
    {
        foreach (var adr in Repository.SourcesBelow("docs/adr", "*.md"))
        {
            var text = File.ReadAllText(adr);
            var confirmation = Confirmation().Match(text).Groups[1].Value;
            var names = Named.In(confirmation).ToList();

            text.Should().MatchRegex("^# .+\n", Repository.RelativeOf(adr)).And.Contain("\nStatus: ");
            names.Should().NotBeEmpty("{0} must say what confirms it", Repository.RelativeOf(adr));
            names.Select(Named.Problem).OfType<string>().Should().BeEmpty("{0} names them", Repository.RelativeOf(adr));
        }
    }

    private static string WithoutCode(string markdown) => CodeBlock().Replace(markdown, "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$")]
    private static partial Regex AdrName();

    [GeneratedRegex(@"\n### Confirmation\n(.*?)(\n#|\z)", RegexOptions.Singleline)]
    private static partial Regex Confirmation();
}

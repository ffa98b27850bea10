using System.Text.RegularExpressions;
using FluentAssertions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Conventions;

public sealed partial class SourceTests
{
    private const int MaximumLines = 300;

    // Files that are long for a reason; each with the reason.
    private static readonly Dictionary<string, string> MayBeLonger = new(StringComparer.Ordinal)
    {
    };

    private static readonly string[] Projects = ["SreLab.Fixtures", "SreLab.Fixtures.Tests", "SreLab.Fixtures.Kubernetes", "SreLab.Fixtures.Kubernetes.Tests", "SreLab.Report.Tests", "SreLab.Specs", "SreLab.Cli", "SreLab.Workloads.Tests", "workloads"];

    [Fact]
    public void A_file_is_short_enough_to_be_read_at_once() =>
        Projects.SelectMany(p => Repository.SourcesBelow(p))
            .Select(f => (Path: Repository.RelativeOf(f), Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > MaximumLines && !MayBeLonger.ContainsKey(f.Path))
            .Should().BeEmpty();

    [Fact]
    public void A_file_that_may_be_longer_still_is() =>
        MayBeLonger.Keys.Where(f => !File.Exists(Repository.PathOf(f)) || File.ReadLines(Repository.PathOf(f)).Count() <= MaximumLines)
            .Should().BeEmpty();

    [Fact]
    public void The_name_of_an_environment_variable_exists_once_as_a_constant() =>
        new[] { "SreLab.Fixtures", "SreLab.Fixtures.Kubernetes", "SreLab.Specs", "SreLab.Cli" }.SelectMany(p => Repository.SourcesBelow(p))
            .Where(f => Path.GetFileName(f) != $"{nameof(SettingNames)}.cs")
            .SelectMany(f => Variable().Matches(CodeText.Of(f)).Select(m => $"{Repository.RelativeOf(f)}: {m.Value}"))
            .Should().BeEmpty("code uses SettingNames, so that a misspelt name cannot be told to a user");

    [Fact]
    public void Documents_and_scripts_name_only_environment_variables_that_exist() =>
        Documents().SelectMany(f => Variable().Matches(File.ReadAllText(f)).Select(m => (File: Repository.RelativeOf(f), m.Value)))
            .Where(m => !SettingNames.All.Contains(m.Value))
            .Should().BeEmpty();

    [Fact]
    public void No_type_is_called_helper_manager_or_util() =>
        Projects.SelectMany(p => Repository.SourcesBelow(p)).Select(Repository.RelativeOf)
            .Where(f => EmptyName().IsMatch(Path.GetFileNameWithoutExtension(f)))
            .Should().BeEmpty();

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Repository.SourcesBelow("docs", "*.md"))
            .Concat(Repository.SourcesBelow("scripts", "*"))
            .Append(Repository.PathOf("Makefile"))
            .Where(File.Exists);

    [GeneratedRegex("SRELAB_[A-Z][A-Z_]*")]
    private static partial Regex Variable();

    [GeneratedRegex("(Helper|Helpers|Manager|Util|Utils|Common|Misc)$")]
    private static partial Regex EmptyName();
}

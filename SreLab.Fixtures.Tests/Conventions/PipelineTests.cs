using System.Text.RegularExpressions;
using FluentAssertions;

namespace SreLab.Fixtures.Tests.Conventions;

public sealed partial class PipelineTests
{
    private const string GitHub = ".github/workflows/ci.yml";
    private const string GitLab = ".gitlab-ci.yml";

    /// <summary>A tag can be moved to other code by whoever owns it; a commit cannot.</summary>
    [Fact]
    public void Every_action_is_pinned_to_a_commit_and_says_which_version_that_is()
    {
        var uses = Uses().Matches(Repository.Read(GitHub)).Select(m => m.Groups[1].Value).ToList();

        uses.Should().NotBeEmpty().And.OnlyContain(u => Pinned().IsMatch(u));
    }

    [Theory]
    [InlineData("actions/checkout@v7", false)]
    [InlineData("actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", false)]
    [InlineData("actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", true)]
    public void A_tag_alone_is_no_pin(string uses, bool isPinned) => Pinned().IsMatch(uses).Should().Be(isPinned);

    [Fact]
    public void The_pipeline_may_only_read() =>
        Repository.Read(GitHub).Should().Contain("permissions:\n  contents: read\n").And.NotContain(": write");

    [Fact]
    public void Both_pipelines_call_the_same_commands_and_nothing_but_make()
    {
        var ours = Commands(GitHub);

        ours.Should().Contain("test").And.BeSubsetOf(MakeTargets.All);
        Commands(GitLab).Should().BeEquivalentTo(ours);
    }

    private static List<string> Commands(string pipeline) => [.. Command().Matches(Repository.Read(pipeline)).Select(m => m.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"(?:run:|-) make ([a-z-]+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"uses: (.+)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}

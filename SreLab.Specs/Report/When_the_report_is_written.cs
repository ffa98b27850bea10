using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Report;

/// <summary>The report is written whatever happened, fits on a page, and says what is missing.</summary>
[Collection(Stages.Report)]
[Trait(Stages.Trait, Stages.Report)]
public sealed class When_the_report_is_written(WrittenReport run) : Spec(run), IClassFixture<WrittenReport>
{
    private readonly WrittenReport _run = run;

    [Fact]
    public void It_names_every_promise_with_its_verdict()
    {
        var text = File.ReadAllText(_run.ReportFile);

        // What holds of one fault stands there as a number of promises of that fault.
        var numbered = _run.Verdicts.Where(v => v is { Subject: not null, Verdict.Kind: VerdictKind.Holds } && !text.Contains($"`{v.Id}`", StringComparison.Ordinal)).ToList();
        Assert.All(_run.Verdicts.Except(numbered), v => Assert.Contains(v.Id, text, StringComparison.Ordinal));
        Assert.All(numbered.GroupBy(v => v.Subject), fault => Assert.Contains($"{fault.Count()} of `{fault.Key}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_carries_every_promise() =>
        Assert.All(_run.Verdicts, v => Assert.Contains($"\"id\":\"{v.Id}\"", File.ReadAllText(_run.PageFile), StringComparison.Ordinal));

    [Fact]
    public void The_page_needs_no_network()
    {
        var page = File.ReadAllText(_run.PageFile);

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<(?:link|iframe|object|embed)\\b|<(?:script|img|source|video|audio)\\b[^>]*\\ssrc\\s*=|@import|\\burl\\(\\s*['\"]?(?!data:|#)", page);
    }
}

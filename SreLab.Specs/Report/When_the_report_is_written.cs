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

        Assert.All(_run.Verdicts, v => Assert.Contains(v.Id, text, StringComparison.Ordinal));
    }
}

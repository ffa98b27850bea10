using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Comparisons;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Reporting.Page;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A report that was written from whatever evidence the run has.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class WrittenReport(LabFixture lab) : Scenario(lab, Stages.Report)
{
    /// <summary>The report's file.</summary>
    public string ReportFile { get; private set; } = "";

    /// <summary>The page's file.</summary>
    public string PageFile { get; private set; } = "";

    /// <summary>Every promise with its verdict.</summary>
    public IReadOnlyList<PromiseVerdict> Verdicts { get; private set; } = [];

    // The repository carries the report of a full run; a quick or planted one stays with its evidence.
    private string? PublishTo => Fixture.Settings is { Profile: "full", Plant: "" } ? Fixture.Settings.RepositoryRoot : null;

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.FindRunAsync(ct);
        await TakeSeriesAsync(ct);
        TakeDefaultTimings();
        Verdicts = Promises.Judge(Evidence, Fixture.Objectives);
        Fixture.Run.Write(EvidenceFiles.Verdicts, Verdicts);
        ReportFile = await ReportFiles.WriteAsync(Fixture.Run, Verdicts, Fixture.Objectives, PublishTo, ct);
        PageFile = Path.Combine(Path.GetDirectoryName(ReportFile)!, ReportPage.FileName);
        foreach (var slow in Verdicts.Where(v => v.Verdict.Kind == VerdictKind.Slow || v.Verdict.IsDisturbed))
        {
            Fixture.Progress.Say($"{slow.Verdict.Word,-7} {slow.Id}: {slow.Verdict.Summary}");
        }

        Fixture.Progress.Say($"report {Path.GetRelativePath(Fixture.Settings.RepositoryRoot, ReportFile)}");
        Fixture.Progress.Say($"page {Path.GetRelativePath(Fixture.Settings.RepositoryRoot, PageFile)}");
    }

    // Comparisons are runs of their own: what they measured is copied, so that the report stays a function of this run's folder.
    private void TakeDefaultTimings()
    {
        try
        {
            if (DefaultTimings.Find(Path.Combine(Fixture.Settings.RepositoryRoot, "runs", "compare")) is { } timings)
            {
                Fixture.Run.Write(EvidenceFiles.DefaultTimings, timings);
            }
        }
        catch (LabException e)
        {
            Fixture.Progress.Say($"no default timings beside the outages: {e.Message.Split('\n')[0]}");
        }
    }

    // Only from the lab whose run this is; without it, what an earlier report took stays, and the page says what is absent.
    private async Task TakeSeriesAsync(CancellationToken ct)
    {
        if (await Fixture.Target.AttachAsync(ct) is not { } lab || Evidence.Run is not { } run || run.LabId != lab.Id)
        {
            return;
        }

        try
        {
            Fixture.Run.Write(EvidenceFiles.Series, await SeriesReader.ReadAsync(lab.Monitoring, run.StartedUtc, DateTimeOffset.UtcNow, ct));
        }
        catch (LabException e)
        {
            Fixture.Progress.Say($"no series for the page: {e.Message.Split('\n')[0]}");
        }
    }
}

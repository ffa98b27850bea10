using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A report that was written from whatever evidence the run has.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class WrittenReport(LabFixture lab) : Scenario(lab, Stages.Report)
{
    /// <summary>The report's file.</summary>
    public string ReportFile { get; private set; } = "";

    /// <summary>Every promise with its verdict.</summary>
    public IReadOnlyList<PromiseVerdict> Verdicts { get; private set; } = [];

    // The repository carries the report of a full run; a quick or planted one stays with its evidence.
    private string? PublishTo => Fixture.Settings is { Profile: "full", Plant: "" } ? Fixture.Settings.RepositoryRoot : null;

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.FindRunAsync(ct);
        Verdicts = Promises.Judge(Evidence, Fixture.Objectives);
        Fixture.Run.Write(EvidenceFiles.Verdicts, Verdicts);
        ReportFile = await ReportFiles.WriteAsync(Fixture.Run, Verdicts, Fixture.Objectives, PublishTo, ct);
        Fixture.Progress.Say($"report {Path.GetRelativePath(Fixture.Settings.RepositoryRoot, ReportFile)}");
    }
}

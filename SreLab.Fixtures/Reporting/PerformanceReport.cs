using System.Text;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Reporting;

/// <summary>Makes <c>performance-report.md</c>: one page, every number from a file of the evidence folder.</summary>
/// <remarks>
/// A pure function of the folder and the verdicts: no clock, no machine, no cluster is asked, so that the report of a
/// stored run can be made again anywhere. What is missing is said to be unknown, with the reason; it is never left out.
/// </remarks>
public static class PerformanceReport
{
    /// <summary>File name of the report, in the run's folder and in the repository.</summary>
    public const string FileName = "performance-report.md";

    /// <summary>Folder of its charts, beside it.</summary>
    public const string ChartFolder = "performance-report";

    /// <summary>Renders the page.</summary>
    /// <param name="evidence">The run.</param>
    /// <param name="verdicts">Its promises as they were judged, in the order of the stages.</param>
    /// <param name="objectives">What the service levels allow.</param>
    /// <returns>Markdown with charts linked relative to it, as <see cref="ReportFiles"/> lays them out.</returns>
    /// <exception cref="Lab.LabException">A per-second series is damaged: its picture would be wrong.</exception>
    public static string Render(RunEvidence evidence, IReadOnlyList<PromiseVerdict> verdicts, Objectives objectives)
    {
        var readings = FaultReading.All(evidence);
        return Render(evidence, verdicts, objectives, readings, [.. ReportCharts.Render(evidence, readings).Keys]);
    }

    internal static string Render(
        RunEvidence evidence,
        IReadOnlyList<PromiseVerdict> verdicts,
        Objectives objectives,
        IReadOnlyList<FaultReading> readings,
        IReadOnlyCollection<string> charts)
    {
        var page = new StringBuilder();
        HeaderSection.Append(page, evidence, verdicts);
        PromiseSection.Append(page, verdicts);
        SeedSection.Append(page, evidence);
        BenchSection.Append(page, evidence);
        Charts(page, charts, ReportCharts.Bench);
        FailoverSection.Append(page, evidence, readings);
        Charts(page, charts, ReportCharts.Failover);
        WorkloadSection.Append(page, evidence, objectives);
        AlertSection.Append(page, evidence);
        BackupSection.Append(page, evidence);
        SloSection.Append(page, evidence, readings, objectives);
        BottleneckSection.Append(page, evidence);
        SizingSection.Append(page, evidence);
        RepeatSection.Append(page, evidence);
        return page.ToString();
    }

    private static void Charts(StringBuilder page, IReadOnlyCollection<string> charts, string prefix)
    {
        var links = charts.Where(c => c.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(c => $"![{Path.GetFileNameWithoutExtension(c).Replace('-', ' ')} over time]({ChartFolder}/{c})")
            .ToList();
        if (links.Count > 0)
        {
            page.Append('\n').AppendJoin('\n', links).Append('\n');
        }
    }
}

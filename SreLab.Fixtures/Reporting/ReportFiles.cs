using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Reporting.Page;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Reporting;

/// <summary>Writes report, charts and page into the run's folder, then copies report and charts to the repository.</summary>
public static class ReportFiles
{
    /// <summary>Renders everything first, then replaces file by file: when rendering fails, the older report stays as it was.</summary>
    /// <param name="store">The run.</param>
    /// <param name="verdicts">Its promises as they were judged.</param>
    /// <param name="objectives">What the service levels allow.</param>
    /// <param name="repositoryRoot">Folder that gets a copy; null when the report stays with its evidence.</param>
    /// <param name="ct">Stops between two files.</param>
    /// <returns>Path of the report in the run's folder.</returns>
    /// <exception cref="Lab.LabException">The evidence is damaged; nothing was written.</exception>
    public static async Task<string> WriteAsync(
        RunStore store, IReadOnlyList<PromiseVerdict> verdicts, Objectives objectives, string? repositoryRoot, CancellationToken ct = default)
    {
        var evidence = new RunEvidence(store);
        var readings = FaultReading.All(evidence);
        var charts = ReportCharts.Render(evidence, readings);
        var page = PerformanceReport.Render(evidence, verdicts, objectives, readings, [.. charts.Keys]);
        var html = ReportPage.Render(evidence, verdicts, objectives, readings);

        await WriteAllAsync(store.Folder, page, charts, ct);

        // The page to look at is too large to be committed: it stays with its evidence.
        await WriteAsync(Path.Combine(store.Folder, ReportPage.FileName), html, ct);
        if (repositoryRoot is not null)
        {
            await WriteAllAsync(Path.GetFullPath(repositoryRoot), page, charts, ct);
        }

        return Path.Combine(store.Folder, PerformanceReport.FileName);
    }

    // Charts first: a page is never there before what it links to.
    private static async Task WriteAllAsync(string folder, string page, IReadOnlyDictionary<string, string> charts, CancellationToken ct)
    {
        var chartFolder = Path.Combine(folder, PerformanceReport.ChartFolder);
        Directory.CreateDirectory(chartFolder);
        foreach (var (name, svg) in charts)
        {
            await WriteAsync(Path.Combine(chartFolder, name), svg, ct);
        }

        await WriteAsync(Path.Combine(folder, PerformanceReport.FileName), page, ct);

        // A chart of an older run that this page does not link would be taken for this run's.
        foreach (var stale in ReportCharts.AllNames(chartFolder).Where(f => !charts.ContainsKey(Path.GetFileName(f))))
        {
            File.Delete(stale);
        }
    }

    private static async Task WriteAsync(string path, string text, CancellationToken ct)
    {
        var temporary = path + ".tmp";
        await File.WriteAllTextAsync(temporary, text, ct);
        File.Move(temporary, path, overwrite: true);
    }
}

using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Reporting;

/// <summary>Writes report and charts into the run's folder, then copies them to the repository.</summary>
public static class ReportFiles
{
    /// <summary>Renders everything first, then replaces file by file: when rendering fails, the older report stays as it was.</summary>
    /// <param name="store">The run.</param>
    /// <param name="verdicts">Its promises as they were judged.</param>
    /// <param name="repositoryRoot">Folder that holds <c>performance-report.md</c>.</param>
    /// <exception cref="Lab.LabException">The evidence is damaged; nothing was written.</exception>
    public static async Task WriteAsync(RunStore store, IReadOnlyList<PromiseVerdict> verdicts, string repositoryRoot)
    {
        var evidence = new RunEvidence(store);
        var readings = evidence.Faults.Select(f => OutageReading.Of(f, evidence.ReadOperations(f))).ToList();
        var charts = ReportCharts.Render(evidence, readings);
        var page = PerformanceReport.Render(evidence, verdicts, readings, [.. charts.Keys]);

        foreach (var folder in new[] { store.Folder, Path.GetFullPath(repositoryRoot) })
        {
            await WriteAllAsync(folder, page, charts);
        }
    }

    // Charts first: a page is never there before what it links to.
    private static async Task WriteAllAsync(string folder, string page, IReadOnlyDictionary<string, string> charts)
    {
        var chartFolder = Path.Combine(folder, PerformanceReport.ChartFolder);
        Directory.CreateDirectory(chartFolder);
        foreach (var (name, svg) in charts)
        {
            await WriteAsync(Path.Combine(chartFolder, name), svg);
        }

        await WriteAsync(Path.Combine(folder, PerformanceReport.FileName), page);

        // A chart of an older run that this page does not link would be taken for this run's.
        foreach (var stale in ReportCharts.AllNames(chartFolder).Where(f => !charts.ContainsKey(Path.GetFileName(f))))
        {
            File.Delete(stale);
        }
    }

    private static async Task WriteAsync(string path, string text)
    {
        var temporary = path + ".tmp";
        await File.WriteAllTextAsync(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Reporting.Charts;

namespace SreLab.Fixtures.Reporting;

/// <summary>Which pictures a run has.</summary>
internal static class ReportCharts
{
    /// <summary>Name of the benchmark's picture, without extension.</summary>
    internal const string Bench = "bench";

    /// <summary>Start of the names of the faults' pictures, one for the worst of each kind.</summary>
    internal const string Failover = "failover";

    /// <summary>SVG by file name; a picture without data is not there.</summary>
    internal static IReadOnlyDictionary<string, string> Render(RunEvidence evidence, IReadOnlyList<FaultReading> readings)
    {
        var charts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (BenchChart.Render(evidence) is { } bench)
        {
            charts[$"{Bench}.svg"] = bench;
        }

        // The two kills stand for all: a picture for each of twenty faults would be a gallery. Every fault's is in report.html.
        foreach (var kind in readings.Where(r => r.Fault.Kind is FaultKinds.KillPostmaster or FaultKinds.KillMember).GroupBy(r => r.Fault.Kind))
        {
            if (kind.Where(r => r.History is not null).MaxBy(r => r.Badness) is { } worst && FailoverChart.Render(worst) is { } svg)
            {
                charts[$"{Failover}-{kind.Key}.svg"] = svg;
            }
        }

        return charts;
    }

    /// <summary>Every picture that this class may have written into a folder.</summary>
    internal static IEnumerable<string> AllNames(string folder) =>
        Directory.EnumerateFiles(folder, "*.svg").Where(f =>
            Path.GetFileName(f) == $"{Bench}.svg" || Path.GetFileName(f).StartsWith($"{Failover}-", StringComparison.Ordinal));
}

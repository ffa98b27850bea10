using System.Text.RegularExpressions;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>What the exporters are told to leave out: each number costs the database's processors time, and rules and dashboards name few.</summary>
internal static partial class ExporterFlags
{
    /// <summary>Of the machine: what rules and dashboards name, and the lab's own text files.</summary>
    public static IReadOnlyList<string> OfNode { get; } =
    [
        "--collector.disable-defaults",
        .. new[] { "cpu", "diskstats", "filesystem", "loadavg", "meminfo", "netdev", "textfile" }.Select(c => $"--collector.{c}"),
        "--web.disable-exporter-metrics",
    ];

    /// <summary>Of PostgreSQL: everything but the lab's own queries, among which are the few of the exporter's that are named.</summary>
    /// <param name="help">What the exporter prints as its help: releases have other collectors, and each refuses the flags that it does not know.</param>
    public static IReadOnlyList<string> OfPostgres(string help) =>
    [
        "--disable-default-metrics",
        "--disable-settings-metrics",
        .. Collector().Matches(help).Select(m => $"--no-collector.{m.Groups[1].Value}").Distinct(StringComparer.Ordinal),
    ];

    /// <summary>For the exporter that is installed.</summary>
    public static async Task<IReadOnlyList<string>> OfInstalledPostgresAsync(CancellationToken ct)
    {
        var told = await ChildProcess.RunAsync(InstalledPrograms.Require("prometheus-postgres-exporter"), ["--help"], null, null, null, ct);
        return OfPostgres(told.Output + told.Error);
    }

    // A collector's own settings have a further dot.
    [GeneratedRegex(@"--(?:\[no-\])?collector\.([a-z_]+)(?![a-z_.=])")]
    private static partial Regex Collector();
}

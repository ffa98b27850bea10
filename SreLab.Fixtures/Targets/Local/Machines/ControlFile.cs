using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>What a stopped server's control file tells of the WAL that it needs to start.</summary>
/// <param name="FirstSegment">Number of the segment that holds the redo point of its latest checkpoint.</param>
/// <param name="LastSegment">Number of the last segment that it had replayed or written, and one more.</param>
/// <param name="SegmentBytes">Size of its segments.</param>
internal sealed record ControlFile(ulong FirstSegment, ulong LastSegment, ulong SegmentBytes)
{
    /// <summary>Asks <c>pg_controldata</c>.</summary>
    /// <exception cref="LabException">It does not tell.</exception>
    public static async Task<ControlFile> ReadAsync(string dataFolder, CancellationToken ct)
    {
        var result = await ChildProcess.RunAsync(InstalledPrograms.Require("pg_controldata"), [dataFolder], new Dictionary<string, string> { ["LC_ALL"] = "C" }, null, null, ct);
        return Parse(result.Output) ?? throw new LabException($"fault refused: pg_controldata does not tell where the WAL of {dataFolder} begins.\n  said         {result.Error.Trim()}");
    }

    /// <summary>Reads its output; null when what is needed is not there.</summary>
    internal static ControlFile? Parse(string output)
    {
        var values = output.Split('\n').Select(l => l.Split(':', 2)).Where(l => l.Length == 2).ToDictionary(l => l[0].Trim(), l => l[1].Trim(), StringComparer.Ordinal);
        if (!ulong.TryParse(values.GetValueOrDefault("Bytes per WAL segment"), CultureInfo.InvariantCulture, out var bytes) || bytes == 0)
        {
            return null;
        }

        var redo = Number("Latest checkpoint's REDO location");
        var end = new[] { Number("Minimum recovery ending location"), Number("Latest checkpoint location"), redo }.Max();
        return redo is { } first && end is { } last ? new ControlFile(first, last + 1, bytes) : null;

        ulong? Number(string name) => values.TryGetValue(name, out var position) ? WalSegment.NumberOf(position, bytes) : null;
    }
}

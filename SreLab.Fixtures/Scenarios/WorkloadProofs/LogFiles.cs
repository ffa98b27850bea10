using System.Text;
using System.Text.Json;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>What every program has logged since this was made.</summary>
internal sealed class LogFiles
{
    private const int MostShown = 160;
    private readonly IReadOnlyList<(string Place, string File, long From)> _files;

    /// <summary>Marks where every log ends now.</summary>
    public LogFiles(ILabWorkloads workloads) =>
        _files =
        [
            .. workloads.InvoiceApps.Append(workloads.Provider)
                .SelectMany(i => new[] { (Place: PlaceOf(i, ofSidecar: false), File: workloads.LogFile(i, ofSidecar: false)), (Place: PlaceOf(i, ofSidecar: true), File: workloads.LogFile(i, ofSidecar: true)) })
                .Select(f => (f.Place, f.File, File.Exists(f.File) ? new FileInfo(f.File).Length : 0)),
        ];

    /// <summary>How a program is called in the evidence.</summary>
    public static string PlaceOf(WorkloadInstance instance, bool ofSidecar) => $"{instance.Name} {(ofSidecar ? "sidecar" : "service")}";

    /// <summary>What one program logged of an id.</summary>
    public LogPlaceRecord Find(string place, string correlationId)
    {
        var (lines, complete) = (0, 0);
        foreach (var line in Lines(_files.Single(f => f.Place == place)).Where(l => l.Contains(correlationId, StringComparison.Ordinal)))
        {
            if (Parse(line) is { } entry && entry.TryGetProperty("correlation_id", out var id) && id.ValueEquals(correlationId))
            {
                lines++;
                complete += entry.TryGetProperty("status", out _) && entry.TryGetProperty("duration_ms", out _) ? 1 : 0;
            }
        }

        return new LogPlaceRecord(place, lines, complete);
    }

    /// <summary>Adds what all lines are to what was found of one id.</summary>
    public LogsRecord Judge(LogsRecord traced)
    {
        var (lines, notJson) = (0L, 0L);
        string? first = null;
        foreach (var file in _files)
        {
            foreach (var line in Lines(file))
            {
                lines++;
                if (Parse(line) is null)
                {
                    notJson++;
                    first ??= $"{file.Place}: {(line.Length > MostShown ? line[..MostShown] : line)}";
                }
            }
        }

        return traced with { Lines = lines, NotJson = notJson, FirstNotJson = first };
    }

    /// <summary>Whole lines since the mark; a log that was begun anew is read from its start.</summary>
    private static List<string> Lines((string Place, string File, long From) file)
    {
        if (!File.Exists(file.File))
        {
            return [];
        }

        using var stream = new FileStream(file.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = stream.Length < file.From ? 0 : file.From;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();

        // What follows the last line end is still being written.
        return [.. text.Split('\n')[..^1].Where(l => l.Length > 0)];
    }

    private static JsonElement? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

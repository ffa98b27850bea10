using SreLab.Fixtures.Diagnosis;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Histories;

/// <summary>What members' servers logged beside a fault: what the log scan judges.</summary>
/// <param name="Record">What was captured.</param>
/// <param name="Lines">Every line by member; a member whose log was not captured is absent.</param>
public sealed record LogHistory(MemberLogsRecord Record, IReadOnlyDictionary<string, IReadOnlyList<LogLine>> Lines)
{
    /// <summary>Reads the evidence of a folder; null when no log was captured there.</summary>
    /// <param name="store">The run.</param>
    /// <param name="folder">The experiment's folder, relative to the run.</param>
    /// <exception cref="Lab.LabException">The record is damaged.</exception>
    public static LogHistory? TryLoad(RunStore store, string folder)
    {
        if (store.TryRead<MemberLogsRecord>($"{folder}/{EvidenceFiles.LogsFileName}") is not { } record)
        {
            return null;
        }

        var lines = record.Members
            .Where(m => m.File is not null && File.Exists(store.PathOf(m.File)))
            .ToDictionary(m => m.Member, m => (IReadOnlyList<LogLine>)Read(store.PathOf(m.File!)), StringComparer.Ordinal);
        return new LogHistory(record, lines);
    }

    private static List<LogLine> Read(string path)
    {
        var name = Path.GetFileName(path);
        return [.. File.ReadLines(path).Select((text, i) => LogLine.Read(name, i + 1, text))];
    }
}

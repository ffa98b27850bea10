using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Diagnosis;

/// <summary>Reads logs from files.</summary>
public static class LogFolder
{
    private const string Started = "\"message\":\"service started\"";
    private static readonly string[] Kinds = [".log", ".txt", ".json", ".jsonl"];

    /// <summary>Every line of every log below a folder.</summary>
    /// <exception cref="LabException">There is no such folder, or no log in it.</exception>
    public static IReadOnlyList<LogLine> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new LabException($"logs missing: {folder} is no folder.");
        }

        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Kinds.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToArray();
        return files.Length > 0
            ? [.. files.SelectMany(f => Lines(f, Path.GetRelativePath(folder, f)))]
            : throw new LabException($"logs missing: {folder} holds no file that ends with {string.Join(", ", Kinds)}.");
    }

    /// <summary>What a service wrote since it was last started: what was wrong before is not wrong now.</summary>
    /// <param name="file">Its log; one that does not exist has no lines.</param>
    public static IReadOnlyList<LogLine> ReadSinceStart(string file)
    {
        var lines = File.Exists(file) ? Lines(file, Path.GetFileName(file)).ToList() : [];
        var start = lines.FindLastIndex(l => l.Text.Contains(Started, StringComparison.Ordinal));
        return start > 0 ? lines[start..] : lines;
    }

    private static IEnumerable<LogLine> Lines(string path, string name)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        for (var number = 1; reader.ReadLine() is { } text; number++)
        {
            yield return LogLine.Read(name, number, text);
        }
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Backups;

/// <summary>Reads what pgBackRest and pg_waldump print.</summary>
internal static partial class RepositoryText
{
    /// <summary>Reads <c>pgbackrest info --output=json</c>.</summary>
    /// <param name="json">What it printed.</param>
    /// <param name="segmentBytes">Size of the cluster's segments, which pgBackRest does not tell.</param>
    /// <returns>Backups, oldest first, and the cipher.</returns>
    public static (IReadOnlyList<BackupSet> Backups, string Cipher) Info(string json, ulong segmentBytes)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.GetArrayLength() == 0)
        {
            return ([], "none");
        }

        var stanza = document.RootElement[0];
        return ([.. stanza.GetProperty("backup").EnumerateArray().Select(b => Backup(b, segmentBytes))], stanza.GetProperty("cipher").GetString() ?? "none");
    }

    /// <summary>Reads <c>pgbackrest repo-ls --recurse --output=json</c> of the archive.</summary>
    /// <param name="json">What it printed.</param>
    /// <param name="segmentBytes">Size of the cluster's segments.</param>
    public static IReadOnlyList<ArchivedSegment> Archive(string json, ulong segmentBytes)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.EnumerateObject()
                .Select(f => (Segment: WalSegment.Parse(Path.GetFileName(f.Name), segmentBytes), f.Value))
                .Where(f => f.Segment is not null && f.Value.GetProperty("type").GetString() == "file")
                .Select(f => new ArchivedSegment(f.Segment!.Value, DateTimeOffset.FromUnixTimeSeconds(f.Value.GetProperty("time").GetInt64())))
                .OrderBy(s => s.Segment.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The last commit in the output of <c>pg_waldump</c>, which must have run with <c>TZ=UTC</c>; null when there is none.</summary>
    public static DateTimeOffset? LastCommit(string dump) => Commit().Matches(dump) is { Count: > 0 } commits
        && DateTimeOffset.TryParse(commits[^1].Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;

    /// <summary>The share of a backup or restore that is done, in the lines that pgBackRest prints for each file; null for other lines.</summary>
    public static double? Percent(string line) =>
        PercentOfFile().Match(line) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>Files that <c>pgbackrest verify</c> found wrong, one line each; its sums where it names none.</summary>
    public static IReadOnlyList<string> Damaged(string output)
    {
        string[] named = [.. Wrong().Matches(output).Select(m => $"{m.Groups[2].Value} ({m.Groups[1].Value})").Distinct(StringComparer.Ordinal)];
        return named.Length > 0 ? named : [.. WrongSum().Matches(output).Select(m => $"a file that is not named ({m.Value})").Distinct(StringComparer.Ordinal)];
    }

    private static BackupSet Backup(JsonElement backup, ulong segmentBytes)
    {
        var time = backup.GetProperty("timestamp");
        var archive = backup.GetProperty("archive");
        var size = backup.GetProperty("info");
        return new BackupSet(
            backup.GetProperty("label").GetString()!,
            backup.GetProperty("type").GetString() switch { "full" => BackupKind.Full, "diff" => BackupKind.Differential, _ => BackupKind.Incremental },
            DateTimeOffset.FromUnixTimeSeconds(time.GetProperty("start").GetInt64()),
            DateTimeOffset.FromUnixTimeSeconds(time.GetProperty("stop").GetInt64()),
            size.GetProperty("size").GetInt64(),
            size.GetProperty("repository").GetProperty("delta").GetInt64(),
            WalSegment.Parse(archive.GetProperty("start").GetString() ?? "", segmentBytes) ?? new WalSegment(0, 0, segmentBytes),
            WalSegment.Parse(archive.GetProperty("stop").GetString() ?? "", segmentBytes) ?? new WalSegment(0, 0, segmentBytes),
            backup.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.True);
    }

    [GeneratedRegex(@"desc: COMMIT (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)")]
    private static partial Regex Commit();

    [GeneratedRegex(@"file .*\([^()]*?(\d+(?:\.\d+)?)%\)")]
    private static partial Regex PercentOfFile();

    [GeneratedRegex(@"status: (?:error|invalid)|(?:checksum invalid|size invalid): [1-9]\d*")]
    private static partial Regex WrongSum();

    [GeneratedRegex(@"(invalid checksum|invalid size|missing file|file missing|unable to [a-z ]+) '?([^'\s]+)'?")]
    private static partial Regex Wrong();
}

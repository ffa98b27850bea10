using System.Globalization;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>Reads what Barman Cloud stores: names of objects, and the description of a backup.</summary>
internal static class BackupText
{
    /// <summary>Name of the description of a backup.</summary>
    public const string Description = "backup.info";

    private const string Done = "DONE";

    /// <summary>A backup, from its description.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="text">The description: a name and a value a line.</param>
    /// <param name="storedBytes">What it takes in the store.</param>
    /// <returns>Null for one that did not come to its end.</returns>
    public static BackupSet? Backup(string id, string text, long storedBytes)
    {
        var values = text.Split('\n').Select(l => l.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.Ordinal);
        return values.GetValueOrDefault("status") == Done
            && Moment(values.GetValueOrDefault("begin_time")) is { } started
            && Moment(values.GetValueOrDefault("end_time")) is { } finished
            && WalSegment.Parse(values.GetValueOrDefault("begin_wal") ?? "") is { } first
            && WalSegment.Parse(values.GetValueOrDefault("end_wal") ?? "") is { } last
            ? new BackupSet(id, BackupKind.Full, started, finished, Number(values), storedBytes, first, last, HasErrors: false)
            : null;
    }

    /// <summary>The segment that an object is, whatever it is compressed by; null for a history, backup or partial file, or anything else.</summary>
    public static WalSegment? Segment(string key)
    {
        var parts = key[(key.LastIndexOf('/') + 1)..].Split('.');
        return parts.Length <= 2 && parts is [var name, ..] && (parts.Length == 1 || parts[1] is not ("partial" or "backup" or "history")) ? WalSegment.Parse(name) : null;
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;

    // Newer releases tell the size of the database apart from that of what was copied.
    private static long Number(Dictionary<string, string> values) =>
        new[] { "cluster_size", "size" }.Select(n => long.TryParse(values.GetValueOrDefault(n), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0).FirstOrDefault(b => b > 0);
}

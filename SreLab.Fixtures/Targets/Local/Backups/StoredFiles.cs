namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>The files of backups as they lie in a repository.</summary>
internal static class StoredFiles
{
    /// <summary>Small files share one, of which a restore may read any part or none.</summary>
    private const string Bundles = "bundle";

    /// <summary>The largest file of a full backup that a restore of the newest backup reads: one that no backup built on it holds anew.</summary>
    /// <param name="backups">Folder with a folder for each backup. One that is built on another is named after it: <c>20261122-000322F_20261122-000341I</c>.</param>
    /// <param name="label">The full backup.</param>
    /// <returns>Its path; null when there is none.</returns>
    public static string? LargestThatRestoresRead(string backups, string label)
    {
        var folder = Path.Combine(backups, label);
        var builtOnIt = Directory.GetDirectories(backups, label + "_*");
        return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(f => (f.FullName, f.Length, Inside: Path.GetRelativePath(folder, f.FullName)))
            .Where(f => !f.Inside.StartsWith("backup.manifest", StringComparison.Ordinal) && f.Inside.Split('/')[0] != Bundles)
            .Where(f => !Array.Exists(builtOnIt, b => File.Exists(Path.Combine(b, f.Inside))))
            .OrderByDescending(f => f.Length)
            .ThenBy(f => f.Inside, StringComparer.Ordinal)
            .Select(f => f.FullName)
            .FirstOrDefault();
    }
}

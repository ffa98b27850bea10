namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>The files of backups as they lie in a repository.</summary>
internal static class StoredFiles
{
    /// <summary>Small files share one.</summary>
    private const string Bundles = "bundle";

    /// <summary>Places in a file that are damaged: in a bundle, of which later backups hold some files anew, enough hit one that they do not.</summary>
    private const int Places = 256;

    private const int BytesOfPlace = 64;

    /// <summary>The largest file of a full backup that a restore of the newest backup reads: one that no backup built on it holds anew, else a bundle.</summary>
    /// <param name="backups">Folder with a folder for each backup. One that is built on another is named after it: <c>20261122-000322F_20261122-000341I</c>.</param>
    /// <param name="label">The full backup.</param>
    /// <returns>Its path; null when there is none.</returns>
    public static string? LargestThatRestoresRead(string backups, string label)
    {
        var folder = Path.Combine(backups, label);
        var builtOnIt = Directory.GetDirectories(backups, label + "_*");
        return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(f => (f.FullName, f.Length, Inside: Path.GetRelativePath(folder, f.FullName)))
            .Where(f => !f.Inside.StartsWith("backup.manifest", StringComparison.Ordinal))

            // A bundle of another backup has the same name and other files in it.
            .Select(f => (f.FullName, f.Length, f.Inside, IsBundle: f.Inside.Split('/')[0] == Bundles))
            .Where(f => f.IsBundle || !Array.Exists(builtOnIt, b => File.Exists(Path.Combine(b, f.Inside))))
            .OrderBy(f => f.IsBundle)
            .ThenByDescending(f => f.Length)
            .ThenBy(f => f.Inside, StringComparer.Ordinal)
            .Select(f => f.FullName)
            .FirstOrDefault();
    }

    /// <summary>Changes bytes all over a file, whose length stays.</summary>
    public static async Task DamageAsync(string file, CancellationToken ct)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        var step = Math.Max(BytesOfPlace, stream.Length / Places);
        var bytes = new byte[BytesOfPlace];
        for (var at = Math.Min(step, stream.Length) / 2; at < stream.Length; at += step)
        {
            stream.Position = at;
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
            stream.Position = at;
            await stream.WriteAsync(Array.ConvertAll(bytes[..read], b => (byte)~b), ct);
        }
    }
}

namespace SreLab.Fixtures.Processes;

/// <summary>A mounted file system.</summary>
/// <param name="Path">Where.</param>
/// <param name="Type">For example ext4 or tmpfs.</param>
/// <param name="Source">Device, or the name that was given to it.</param>
internal sealed record Mount(string Path, string Type, string Source);

/// <summary>What is mounted, as the kernel tells.</summary>
internal static class Mounts
{
    /// <summary>File systems mounted in a folder or deeper, the deepest first.</summary>
    public static IReadOnlyList<Mount> Below(string folder) => Below(folder, File.ReadLines("/proc/self/mountinfo"));

    internal static IReadOnlyList<Mount> Below(string folder, IEnumerable<string> lines) =>
    [
        .. lines.Select(Parse)
            .Where(m => m.Path == folder || m.Path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal))
            .OrderByDescending(m => m.Path.Length),
    ];

    // 36 35 98:0 / /mnt rw,noatime shared:1 - ext4 /dev/root rw: optional fields end at the lone dash; blanks are octal.
    private static Mount Parse(string line)
    {
        var fields = line.Split(' ');
        var dash = Array.IndexOf(fields, "-", 6);
        return new Mount(Unescape(fields[4]), fields[dash + 1], Unescape(fields[dash + 2]));
    }

    private static string Unescape(string text) => text
        .Replace("\\040", " ", StringComparison.Ordinal)
        .Replace("\\011", "\t", StringComparison.Ordinal)
        .Replace("\\012", "\n", StringComparison.Ordinal)
        .Replace("\\134", "\\", StringComparison.Ordinal);
}

using System.Text.RegularExpressions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>What stands between a wrong setting and a deleted folder.</summary>
internal static partial class LabHomeRules
{
    /// <summary>Longest path: PostgreSQL's and the supervisor's sockets below it must stay under the kernel's 107 bytes.</summary>
    public const int LongestPath = 64;

    private const string Fix = "\n  fix          choose a folder for this lab alone, for example " + SettingNames.Home + "=/var/tmp/srelab/lab-1, or leave it unset";

    /// <summary>Refuses a path that can never be a lab's folder.</summary>
    /// <exception cref="LabException">With the reason.</exception>
    public static void RequireSafePath(string root)
    {
        if (Problem(root) is { } problem)
        {
            throw new LabException($"{SettingNames.Home} '{root}' refused: {problem}; nothing was touched.{Fix}");
        }
    }

    /// <summary>What the folder is now; refuses one that is somebody else's.</summary>
    /// <returns>The marker of our lab; null when the folder is absent or empty.</returns>
    /// <exception cref="LabException">It holds files but no marker, or the marker of another lab.</exception>
    public static LabMarker? RequireOursOrEmpty(LabHome home)
    {
        RequireSafePath(home.Root);
        if (File.Exists(home.Root))
        {
            throw new LabException($"{home.Root} refused: it is a file; nothing was touched.{Fix}");
        }

        if (!Directory.Exists(home.Root))
        {
            return null;
        }

        var marker = LabMarker.Read(home.Marker);
        if (marker is null && Directory.EnumerateFileSystemEntries(home.Root).Any())
        {
            throw new LabException($"{home.Root} refused: it holds files but no marker of a lab; nothing was touched.{Fix}");
        }

        if (marker is not null && marker.Network != home.Network)
        {
            throw new LabException(
                $"{home.Root} refused: it belongs to the lab on {marker.Network}, not {home.Network}; nothing was touched.\n" +
                $"  fix          {SettingNames.Network}={marker.Network} to use that lab, or another {SettingNames.Home} for this one");
        }

        return marker;
    }

    private static string? Problem(string root)
    {
        if (string.IsNullOrWhiteSpace(root))
        {
            return "it is empty";
        }

        if (!Path.IsPathRooted(root))
        {
            return "it is not an absolute path";
        }

        var path = root.TrimEnd('/');
        if (path.Length == 0 || Path.GetFullPath(path) != path)
        {
            return path.Length == 0 ? "it is the root of the file system" : "it is not in its simplest form (no '..', no doubled '/')";
        }

        if (path.Count(c => c == '/') < 2)
        {
            return "it is directly below the root of the file system";
        }

        if (path.Length > LongestPath)
        {
            return $"it is longer than {LongestPath} characters, and sockets below it would have no valid address";
        }

        if (!PlainPath().IsMatch(path))
        {
            return "it has characters other than letters, digits and . _ / @ + -";
        }

        if (new DirectoryInfo(path).LinkTarget is not null || new FileInfo(path).LinkTarget is not null)
        {
            return "it is a symbolic link";
        }

        return IsMountRoot(path) ? "it is the root of a mounted file system" : null;
    }

    private static bool IsMountRoot(string path) =>
        File.ReadLines("/proc/self/mountinfo").Any(line => line.Split(' ') is { Length: > 4 } fields && fields[4] == path);

    [GeneratedRegex("^[A-Za-z0-9._/@+-]+$")]
    private static partial Regex PlainPath();
}

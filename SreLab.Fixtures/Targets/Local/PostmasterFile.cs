using System.Globalization;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>PostgreSQL's own record of its postmaster: <c>postmaster.pid</c>.</summary>
/// <param name="Pid">Number of the postmaster.</param>
/// <param name="SharedMemoryId">System V segment that guards the data folder; null when it has none yet.</param>
internal sealed record PostmasterFile(int Pid, int? SharedMemoryId)
{
    /// <summary>The record in this data folder; null when there is none.</summary>
    public static PostmasterFile? Read(string dataFolder)
    {
        try
        {
            return Parse(File.ReadAllText(Path.Combine(dataFolder, "postmaster.pid")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Line 1 is the pid, line 7 the key and id of the segment; a file that is being written may be short.</summary>
    public static PostmasterFile? Parse(string text)
    {
        var lines = text.Split('\n');
        if (!int.TryParse(lines[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) || pid <= 1)
        {
            return null;
        }

        var segment = lines.Length > 6 ? lines[6].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return new PostmasterFile(
            pid,
            segment.Length == 2 && int.TryParse(segment[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
    }
}

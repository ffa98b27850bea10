using System.Globalization;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>Refuses a seed that would fill the disk, before it begins.</summary>
internal static class DiskSpace
{
    /// <summary>Rows with their indexes, per row: 140 measured from one to ten million rows, and room for what a benchmark adds.</summary>
    private const long DataBytesPerRow = 200;

    /// <summary>Write-ahead log per row: 115 measured; kept until a checkpoint or a slow standby lets it go.</summary>
    private const long WalBytesPerRow = 120;

    private const long MostWalBytes = 8L << 30;

    /// <summary>Bytes that a seed needs over all members.</summary>
    public static long Needed(long rows, int members) =>
        members * ((rows * DataBytesPerRow) + Math.Min(rows * WalBytesPerRow, MostWalBytes));

    /// <summary>Checks the disk of a folder.</summary>
    /// <exception cref="LabException">It has too little room.</exception>
    public static void Check(string folder, long rows, int members)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var needed = Needed(rows, members);
        if (free < needed)
        {
            throw new LabException(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                seed refused: {rows:N0} rows on {members} members need about {needed / 1e9:0.0} GB; {free / 1e9:0.0} GB are free.
                  disk         {folder}
                  fix          free some space, or ask for fewer rows: make seed ROWS={Math.Max(SeedPlan.LeastRows, (long)(rows * 0.8 * free / needed))}
                """));
        }
    }
}

using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Backups;

/// <summary>To which moments a restore can go.</summary>
/// <param name="FromUtc">End of the oldest backup.</param>
/// <param name="ToUtc">Last commit that the archive holds without a gap; a restore to a later moment would find nothing that tells it to stop.</param>
/// <param name="Timeline">On which the last commit is.</param>
/// <param name="LastSegment">Last segment of the archive without a gap.</param>
/// <param name="Missing">Segments that the archive lacks although it has later ones; empty is the promise.</param>
public sealed record RestoreRange(DateTimeOffset FromUtc, DateTimeOffset ToUtc, uint Timeline, WalSegment LastSegment, IReadOnlyList<WalSegment> Missing)
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.fff'Z'";

    /// <summary>A moment as commands take it.</summary>
    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Both ends, for people.</summary>
    public string Describe() => $"{Text(FromUtc)} to {Text(ToUtc)} (timeline {Timeline}, up to segment {LastSegment})"
        + (Missing.Count == 0 ? "" : $"; the archive lacks {string.Join(", ", Missing)}, so nothing later can be had");

    /// <summary>Whether a restore can go to this moment.</summary>
    public bool Contains(DateTimeOffset moment) => moment >= FromUtc && moment < ToUtc;

    /// <summary>Refuses a moment that cannot be had.</summary>
    /// <exception cref="LabException">It is before the first or after the last one.</exception>
    public void Require(DateTimeOffset moment)
    {
        if (!Contains(moment))
        {
            throw new LabException(
                $"restore refused: {Text(moment)} is {(moment < FromUtc ? "before the end of the oldest backup" : "after the last transaction that was archived")}; nothing was touched.\n" +
                $"  possible     {Describe()}\n" +
                $"  fix          {(moment < FromUtc ? "a later TIME" : "an earlier TIME, or wait until the next segment is archived (10 s on a lab that writes)")}; without TIME everything that was archived is restored");
        }
    }

    /// <summary>The segments from a backup's first on, in order, as far as they are there, and those that are missing before later ones.</summary>
    /// <param name="first">Number of the first segment.</param>
    /// <param name="history">How the timeline came to be.</param>
    /// <param name="archive">What is there.</param>
    /// <returns>Last segment before the first gap (null when the first is missing) and the missing ones.</returns>
    public static (WalSegment? Last, IReadOnlyList<WalSegment> Missing) Follow(ulong first, TimelineHistory history, IEnumerable<WalSegment> archive)
    {
        var there = archive.ToHashSet();
        var onTheWay = there.Where(s => s.Number >= first && history.Holder(s.Number) == s).ToList();
        if (onTheWay.Count == 0)
        {
            return (null, [history.Holder(first)]);
        }

        WalSegment? last = null;
        var missing = new List<WalSegment>();
        for (var number = first; number <= onTheWay.Max(s => s.Number); number++)
        {
            var holder = history.Holder(number);
            if (!there.Contains(holder))
            {
                missing.Add(holder);
            }
            else if (missing.Count == 0)
            {
                last = holder;
            }
        }

        return (last, missing);
    }
}

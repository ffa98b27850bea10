using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Backups;

/// <summary>Along which timelines a restore can go, and how far, whatever the repository is.</summary>
/// <param name="living">Timeline of the primary that lives; null when nobody leads.</param>
/// <param name="readHistory">Text of a history file of the repository; null when it has none of that name.</param>
/// <param name="lastCommit">Last commit in a segment of the repository; null when it holds none.</param>
internal sealed class ArchiveWay(
    Func<CancellationToken, Task<uint?>> living,
    Func<string, CancellationToken, Task<string?>> readHistory,
    Func<WalSegment, CancellationToken, Task<DateTimeOffset?>> lastCommit)
{
    /// <summary>An idle cluster writes segments without a commit, and so does a large index; beyond this much WAL nobody looks.</summary>
    private const ulong BytesLookedAt = 256 << 20;

    /// <summary>How far the repository reaches; null without a backup.</summary>
    public async Task<RestoreRange?> RangeAsync(BackupCatalogue catalogue, CancellationToken ct)
    {
        if (catalogue.Backups.Count == 0)
        {
            return null;
        }

        var (first, newest) = (catalogue.Backups[0], catalogue.Backups[^1]);
        var history = await FindAsync(catalogue, ct) ?? new TimelineHistory([], newest.Last.Timeline, newest.Last.Bytes);
        var (last, missing) = RestoreRange.Follow(first.First.Number, history, catalogue.Archive.Select(a => a.Segment));
        var end = last ?? first.Last;
        var commit = await LastCommitAsync(history, first.Last.Number, end, ct);
        return new RestoreRange(first.FinishedUtc, commit is { } at && at > first.FinishedUtc ? at : first.FinishedUtc, end.Timeline, end, missing);
    }

    /// <summary>The way that a restore can go: to where the primary lives, or, while the archive does not know that timeline yet, to where it went last.</summary>
    /// <remarks>
    /// A primary leads some moments before the history of its timeline is archived. Without it every segment of the earlier timelines would look missing, and
    /// a recovery that is told to go there would end with an error.
    /// </remarks>
    /// <returns>Null when the archive holds no segment.</returns>
    public async Task<TimelineHistory?> FindAsync(BackupCatalogue catalogue, CancellationToken ct)
    {
        uint?[] candidates = [await living(ct), catalogue.LatestTimeline];
        foreach (var timeline in candidates.OfType<uint>().Distinct())
        {
            if (await HistoryAsync(timeline, catalogue.SegmentBytes, ct) is { } history)
            {
                return history;
            }
        }

        return null;
    }

    /// <summary>How a timeline came to be, as the repository tells it; null when it does not know.</summary>
    private async Task<TimelineHistory?> HistoryAsync(uint timeline, ulong bytes, CancellationToken ct) =>
        timeline <= 1
            ? new TimelineHistory([], timeline, bytes)
            : await readHistory(FormattableString.Invariant($"{timeline:X8}.history"), ct) is { } text ? TimelineHistory.Parse(timeline, text, bytes) : null;

    private async Task<DateTimeOffset?> LastCommitAsync(TimelineHistory history, ulong first, WalSegment last, CancellationToken ct)
    {
        var number = last.Number;
        for (var looked = 0UL; looked < BytesLookedAt / last.Bytes && number >= first; looked++, number--)
        {
            if (await lastCommit(history.Holder(number), ct) is { } commit)
            {
                return commit;
            }
        }

        return null;
    }
}

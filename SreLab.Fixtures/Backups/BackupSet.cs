using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Backups;

/// <summary>A backup that is in the repository.</summary>
/// <param name="Label">Its name there.</param>
/// <param name="Kind">How much was copied.</param>
/// <param name="StartedUtc">Its start.</param>
/// <param name="FinishedUtc">Its end, to the second; the first moment to which it can be restored.</param>
/// <param name="Bytes">Size of the database.</param>
/// <param name="RepositoryBytes">What this backup alone added to the repository.</param>
/// <param name="First">First segment that a restore of it needs.</param>
/// <param name="Last">Last segment without which it is not consistent.</param>
/// <param name="HasErrors">It was taken of pages whose checksums were wrong.</param>
public sealed record BackupSet(
    string Label, BackupKind Kind, DateTimeOffset StartedUtc, DateTimeOffset FinishedUtc, long Bytes, long RepositoryBytes, WalSegment First, WalSegment Last, bool HasErrors);

/// <summary>A segment that is in the repository.</summary>
/// <param name="Segment">Which.</param>
/// <param name="StoredUtc">When it was stored, to the second.</param>
public sealed record ArchivedSegment(WalSegment Segment, DateTimeOffset StoredUtc);

/// <summary>What the repository holds.</summary>
/// <param name="Backups">Oldest first.</param>
/// <param name="Archive">Segments, in the order of their names.</param>
/// <param name="Cipher">How it is encrypted; <c>none</c> when it is not.</param>
public sealed record BackupCatalogue(IReadOnlyList<BackupSet> Backups, IReadOnlyList<ArchivedSegment> Archive, string Cipher)
{
    /// <summary>Size of the cluster's segments.</summary>
    public ulong SegmentBytes => Archive is [var stored, ..] ? stored.Segment.Bytes : Backups is [var backup, ..] ? backup.First.Bytes : WalSegment.DefaultBytes;

    /// <summary>The timeline that was archived last: where the cluster lived, when nobody is left to ask.</summary>
    /// <remarks>Not the highest: a standby that was promoted by mistake leaves a higher one behind that leads nowhere.</remarks>
    public uint? LatestTimeline => Archive.Count == 0 ? null : Archive.MaxBy(a => (a.StoredUtc, a.Segment.Number))!.Segment.Timeline;
}

using System.Collections.Immutable;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>The lab's backups: continuous archiving of WAL, base backups, and restores into clusters of their own.</summary>
public interface ILabBackups
{
    /// <summary>Why this lab has none; null when it has. Nothing else may be asked then.</summary>
    string? WhyNone => null;

    /// <summary>Kinds that it cannot take, with the reason; empty for a lab that takes all.</summary>
    IReadOnlyDictionary<BackupKind, string> Lacks => ImmutableDictionary<BackupKind, string>.Empty;

    /// <summary>What the repository holds.</summary>
    /// <exception cref="LabException">It cannot be read.</exception>
    Task<BackupCatalogue> ReadAsync(CancellationToken ct);

    /// <summary>To which moments a restore can go.</summary>
    /// <returns>Null when there is no backup.</returns>
    /// <exception cref="LabException">The repository cannot be read.</exception>
    Task<RestoreRange?> RangeAsync(CancellationToken ct);

    /// <summary>Takes a backup, from a standby when one is healthy, and forgets those that the retention does not keep.</summary>
    /// <param name="kind">How much.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="ct">Ends the backup.</param>
    /// <exception cref="LabException">It failed; what went wrong, and what an earlier backup still allows, is said.</exception>
    Task<TakenBackup> TakeAsync(BackupKind kind, IProgressLog progress, CancellationToken ct);

    /// <summary>Ends the current segment and waits until the repository itself has it; a segment that PostgreSQL only calls archived does not count.</summary>
    Task<ArchiveLook> ArchiveNowAsync(CancellationToken ct);

    /// <summary>Reads every file of the repository and compares it with its checksum.</summary>
    /// <returns>One line for each that is damaged or missing; empty when all is well.</returns>
    Task<IReadOnlyList<string>> VerifyAsync(CancellationToken ct);

    /// <summary>Restores into a new cluster on addresses of its own, and waits until it accepts writes. Nothing that exists is touched.</summary>
    /// <param name="request">What to which moment.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="ct">Ends the restore and removes what was made.</param>
    /// <exception cref="LabException">The name is taken, the moment cannot be had, or the repository is damaged: which file, which range.</exception>
    Task<RestoredCluster> RestoreAsync(RestoreRequest request, IProgressLog progress, CancellationToken ct);

    /// <summary>A server like a restored one, made by <c>pg_basebackup</c> of the living primary: what a restore is measured beside.</summary>
    /// <exception cref="LabException">The name is taken, or there is no primary.</exception>
    Task<RestoredCluster> CopyAsync(string name, IProgressLog progress, CancellationToken ct);

    /// <summary>Restored clusters that are there.</summary>
    IReadOnlyList<RestoredCluster> Restored { get; }

    /// <summary>Whether a restored cluster archives WAL of its own, which would end up between the lab's.</summary>
    Task<bool> ArchivesAsync(RestoredCluster cluster, CancellationToken ct);

    /// <summary>Ends a restored cluster and removes its folder.</summary>
    /// <exception cref="LabException">There is none of that name.</exception>
    Task RemoveAsync(string name, CancellationToken ct);

    /// <summary>The means to break the repository, and the cluster whose only copy it then is.</summary>
    ILabBackupFaults Faults { get; }
}

/// <summary>What can be broken around backups; each is undone by its own opposite.</summary>
public interface ILabBackupFaults
{
    /// <summary>Why no file of the repository can be damaged; null when one can.</summary>
    string? WhyNoDamage => null;

    /// <summary>Why the lab cannot be lost and made again from the repository; null when it can.</summary>
    string? WhyNoLoss => null;

    /// <summary>Changes bytes in the largest file of a full backup that a restore of the newest backup reads.</summary>
    /// <returns>The file, relative to the repository.</returns>
    /// <exception cref="LabException">There is none: later backups hold every file anew.</exception>
    Task<string> DamageAsync(BackupSet backup, CancellationToken ct);

    /// <summary>Takes a segment out of the repository.</summary>
    /// <returns>The file, relative to the repository.</returns>
    Task<string> RemoveSegmentAsync(Cluster.WalSegment segment, CancellationToken ct);

    /// <summary>Replaces the key that the repository is read with.</summary>
    Task LoseKeyAsync(CancellationToken ct);

    /// <summary>Makes every backup fail: nothing can be written where they are stored. WAL is archived as before, and what is there can be read.</summary>
    Task DenyBackupsAsync(CancellationToken ct);

    /// <summary>
    /// Puts back what <see cref="DamageAsync"/>, <see cref="RemoveSegmentAsync"/>, <see cref="LoseKeyAsync"/> and <see cref="DenyBackupsAsync"/> took, also after
    /// a run that was killed.
    /// </summary>
    /// <returns>Whether there was anything.</returns>
    Task<bool> UndoAsync(CancellationToken ct);

    /// <summary>Why the repository cannot be given a disk of its own that may be filled; null when it can.</summary>
    string? WhyNoDisk { get; }

    /// <summary>Gives the repository a second disk, small and full but for some bytes: nothing is archived until there is room on both.</summary>
    /// <param name="bytes">Size of the disk.</param>
    /// <param name="ct">Ends it.</param>
    Task FillDiskAsync(long bytes, CancellationToken ct);

    /// <summary>Makes room on that disk.</summary>
    Task FreeDiskAsync(CancellationToken ct);

    /// <summary>Takes the second disk away; nothing happens when there is none.</summary>
    Task RemoveDiskAsync(CancellationToken ct);

    /// <summary>Kills every member at once and removes all their data, consensus store included.</summary>
    /// <returns>What was killed and removed, for the evidence.</returns>
    Task<string> LoseEverythingAsync(CancellationToken ct);

    /// <summary>Makes the lost lab again on its own addresses, from the repository; nothing happens when it is not lost.</summary>
    Task RecoverAsync(IProgressLog progress, CancellationToken ct);
}

/// <summary>A backup that was just taken.</summary>
/// <param name="Set">As the repository has it.</param>
/// <param name="Seconds">From the command to its end.</param>
/// <param name="IsFromStandby">Whether its files were copied from a standby.</param>
public sealed record TakenBackup(BackupSet Set, double Seconds, bool IsFromStandby);

/// <summary>Whether what was written is in the repository.</summary>
/// <param name="Segment">The segment that was ended.</param>
/// <param name="PostgresSaysSo">PostgreSQL counts it as archived.</param>
/// <param name="IsThere">The repository has it.</param>
/// <param name="Seconds">From the end of the segment until both were so, or until it was given up.</param>
public sealed record ArchiveLook(string Segment, bool PostgresSaysSo, bool IsThere, double Seconds);

/// <summary>A restore that is asked for.</summary>
/// <param name="Name">Name of the new cluster: 1 to 30 lower-case letters, digits and hyphens.</param>
/// <param name="ToUtc">The moment; null for everything that was archived.</param>
public sealed record RestoreRequest(string Name, DateTimeOffset? ToUtc);

/// <summary>A cluster that was made from the repository: one server, not a member of the lab.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">Where it listens.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="ConnectionString">As the superuser.</param>
/// <param name="Seconds">From the command until it accepted writes; 0 for one that was found.</param>
/// <param name="Folder">Where it lies.</param>
public sealed record RestoredCluster(string Name, string Host, int Port, string ConnectionString, double Seconds, string Folder);

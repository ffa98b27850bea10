using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Reporting;

/// <content>What backups promise.</content>
public static partial class Promises
{
    /// <summary>Each kind, from a standby, encrypted.</summary>
    public static Promise BackupComplete { get; } =
        Of("backup-complete", Stages.Backup, "Backups of every kind that the target has are taken from a standby, encrypted", (e, _) => BackupChecks.Complete(e.Backups));

    /// <summary>Archived means stored.</summary>
    public static Promise ArchiveTrue { get; } =
        Of("archive-true", Stages.Backup, "What PostgreSQL calls archived is in the repository, without a gap", (e, _) => BackupChecks.ArchiveTrue(e.Backups));

    /// <summary>By content.</summary>
    public static Promise RestoreContent { get; } =
        Of("restore-content", Stages.Backup, "Each restore holds what was there at its moment, and nothing later", (e, _) => RestoredContent.Check(e.BackupHistory)) with { IsHeadline = true };

    /// <summary>RTO.</summary>
    public static Promise RestoreInTime { get; } =
        Of("restore-in-time", Stages.Backup, "A restored cluster accepts queries in time", (e, o) => BackupChecks.InTime(e.Backups, o)) with { TimedIn = TimedIn.Restores, IsHeadline = true };

    /// <summary>Refusals.</summary>
    public static Promise RestoreRefused { get; } =
        Of("restore-refused", Stages.Backup, "A damaged file and an impossible moment are refused, saying which", (e, _) => BackupChecks.Refused(e.Backups));

    /// <summary>Nothing else is touched.</summary>
    public static Promise RestoreApart { get; } =
        Of("restore-apart", Stages.Backup, "Restores leave the running lab as it was", (e, _) => BackupChecks.Apart(e.Backups));

    /// <summary>Full disk.</summary>
    public static Promise ArchiveDiskFull { get; } =
        Of("archive-disk-full", Stages.Backup, "A full disk of the repository is told, loses nothing, and ends by itself", (e, _) => BackupChecks.DiskFull(e.Backups, WhileFull(e.BackupHistory)));

    /// <summary>RPO.</summary>
    public static Promise RecoveryPoint { get; } =
        Of("recovery-point", Stages.Backup, "All members lost with their data: what is lost", (e, o) => Checkers.RecoveryPoint.Check(e.BackupHistory, o)) with { TimedIn = TimedIn.Loss, IsHeadline = true };

    /// <summary>The lab itself comes back.</summary>
    public static Promise LabAfterLoss { get; } =
        Of("lab-after-loss", Stages.Backup, "All members lost with their data: the lab is whole again from the repository", (e, _) => Checkers.RecoveryPoint.CheckLab(e.BackupHistory));

    private static IReadOnlyList<Promise> OfBackups =>
        [BackupComplete, ArchiveTrue, RestoreContent, RestoreInTime, RestoreRefused, RestoreApart, ArchiveDiskFull, RecoveryPoint, LabAfterLoss];

    private static int WhileFull(BackupHistory? history) => history?.Record.Disk is not { } disk
        ? 0
        : history.Operations.Count(o => o.Outcome == Outcome.Acknowledged && o.SentMs > disk.FullFromMs && o.EndedMs < disk.FullUntilMs);
}

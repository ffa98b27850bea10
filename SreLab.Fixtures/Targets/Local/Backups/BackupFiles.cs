using System.Globalization;
using System.Text;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>The repository's folder of a lab: pgBackRest's configuration, its key, and the commands that PostgreSQL, the schedule and people call.</summary>
internal sealed class BackupFiles(LabHome home, LabNetwork network, LabSecrets secrets, RunAsUser user)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Backups and WAL.</summary>
    public static string Repository(LabHome home) => Path.Combine(home.Backup, "repository");

    /// <summary>Where backups are stored, without the WAL.</summary>
    public static ReadOnlyFolder StoredBackups(LabHome home) =>
        new(Path.Combine(Repository(home), "backup", Names.Stanza), Path.Combine(home.Backup, "backups-denied"));

    /// <summary>Runs pgBackRest as this lab: <c>pgbackrest info</c>, for example.</summary>
    public static string Program(LabHome home) => Path.Combine(home.Backup, "pgbackrest");

    /// <summary>Takes a backup: <c>take-backup full</c>.</summary>
    public static string TakeBackup(LabHome home) => Path.Combine(home.Backup, "take-backup");

    /// <summary>Takes backups for as long as the lab is up.</summary>
    public static string Schedule(LabHome home) => Path.Combine(home.Backup, "schedule");

    /// <summary>PostgreSQL's <c>archive_command</c>. pgBackRest refuses to back up a cluster whose command does not name it.</summary>
    public static string ArchiveCommand(LabHome home) => Path.Combine(home.Backup, "pgbackrest-archive-push") + " %p";

    /// <summary>Copies a segment out of the repository: name, where to.</summary>
    public static string ArchiveGet(LabHome home) => Path.Combine(home.Backup, "pgbackrest-archive-get");

    /// <summary>Everything of a new lab.</summary>
    public void Create()
    {
        foreach (var folder in (string[])[home.Backup, Repository(home), Path.Combine(home.Backup, "lock"), Path.Combine(home.Backup, "spool")])
        {
            user.MakeFolder(folder, Private);
        }

        user.WriteSecretFile(Path.Combine(home.Backup, "pgpass"), $"*:*:*:{Names.Admin}:{secrets[Names.Admin]}\n");
        Configure(secrets[Names.BackupKey], secondRepository: null);
        var archive = $"exec pgbackrest --config={Archive} --stanza={Names.Stanza} --pg1-path=\"$PWD\"";
        WriteProgram(Program(home), "Runs pgBackRest as this lab.", $"exec pgbackrest --config={Whole} --stanza={Names.Stanza} \"$@\"");

        // The server's working folder is its data folder: one command serves every member.
        WriteProgram(
            ArchiveCommand(home).Split(' ')[0],
            "Stores a segment: $1 is its path.",
            BackupScripts.OnlyTheLeader(network.Members.ToDictionary(m => home.MemberData(m.Name), m => m.Host)) + $"{archive} archive-push \"$1\"");
        WriteProgram(ArchiveGet(home), "Fetches a segment: $1 is its name, $2 where to.", BackupScripts.OnlyWhatIsThere(Path.Combine(Repository(home), "archive", Names.Stanza), Archive) + $"{archive} archive-get \"$1\" \"$2\"");
        WriteProgram(TakeBackup(home), "Takes a backup (full, diff, incr) and notes for the monitoring how it went.", BackupScripts.TakeBackup(Program(home), home.BackupMetrics));
        WriteProgram(Schedule(home), "Takes backups for as long as the lab is up, once there is a full one.", BackupScripts.Schedule(TakeBackup(home)));
    }

    /// <summary>Writes pgBackRest's two files: with the members, for backups, and without, for what a server calls about itself.</summary>
    /// <param name="key">The repository is encrypted with it.</param>
    /// <param name="secondRepository">A second place for all that is stored; null for none.</param>
    public void Configure(string key, string? secondRepository)
    {
        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            [global]
            repo1-path={Repository(home)}
            repo1-cipher-type=aes-256-cbc
            repo1-cipher-pass={key}
            repo1-retention-full=2
            repo1-retention-diff=4
            repo1-bundle=y
            compress-type=lz4
            process-max=2
            start-fast=y
            lock-path={home.Backup}/lock
            spool-path={home.Backup}/spool
            log-path={home.Logs}
            log-level-console=warn
            log-level-file=info

            """));
        if (secondRepository is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"repo2-path={secondRepository}\nrepo2-cipher-type=aes-256-cbc\nrepo2-cipher-pass={key}\nrepo2-retention-full=1\n");
        }

        user.WriteSecretFile(Archive, text.ToString());
        text.Append(CultureInfo.InvariantCulture, $"\n[{Names.Stanza}]\n");
        for (var i = 0; i < network.Members.Count; i++)
        {
            var member = network.Members[i];
            text.Append(
                CultureInfo.InvariantCulture,
                $"pg{i + 1}-path={home.MemberData(member.Name)}\npg{i + 1}-socket-path={home.MemberSocket(member.Name)}\npg{i + 1}-port={member.Port}\npg{i + 1}-user={Names.Admin}\n");
        }

        user.WriteSecretFile(Whole, text.ToString());
    }

    private string Whole => Path.Combine(home.Backup, "pgbackrest.conf");

    private string Archive => Path.Combine(home.Backup, "archive.conf");

    private void WriteProgram(string path, string what, string body)
    {
        user.WriteFile(path, $"#!/usr/bin/env bash\n# {what}\nset -euo pipefail\nunset \"${{!PG@}}\"\nexport PGPASSFILE={home.Backup}/pgpass\n{body}\n");
        File.SetUnixFileMode(path, Private);
    }
}

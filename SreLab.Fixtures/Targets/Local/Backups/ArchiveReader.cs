using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>What the repository holds, how far it reaches without a gap, and the mending of a gap.</summary>
internal sealed class ArchiveReader(LocalLab lab, PgBackRest pgBackRest)
{
    private ArchiveWay Way => new(
        async ct => (uint?)(await lab.GetClusterStateAsync(ct)).Primary?.Timeline,
        (name, ct) => FetchAsync(name, path => File.ReadAllTextAsync(path, ct), ct),
        LastCommitAsync);

    /// <summary>Backups, segments and cipher.</summary>
    public async Task<BackupCatalogue> ReadAsync(CancellationToken ct)
    {
        // Both at once: whoever waits for a restore waits for this first.
        var info = pgBackRest.RequireAsync("backup-info", ["--output=json", "info"], ct);
        var segments = SegmentsAsync(ct);
        await Task.WhenAll(info, segments);
        try
        {
            var (backups, cipher) = RepositoryText.Info(await info, PostgresParameters.SegmentBytes);
            return new BackupCatalogue(backups, await segments, cipher);
        }
        catch (System.Text.Json.JsonException e)
        {
            // With another key pgBackRest succeeds, and its answer quotes what it deciphered.
            throw new LabException(
                $"the repository cannot be read: pgBackRest's answer makes no sense ({e.Message.Split('.')[0]}); it may have been written with another key.\n" +
                $"  look at      {BackupFiles.Program(lab.Home)} info",
                e);
        }
    }

    /// <summary>Every segment that is there.</summary>
    public async Task<IReadOnlyList<ArchivedSegment>> SegmentsAsync(CancellationToken ct) =>
        RepositoryText.Archive(await pgBackRest.RequireAsync("backup-archive", ["--recurse", "--output=json", "repo-ls", $"archive/{Names.Stanza}"], ct), PostgresParameters.SegmentBytes);

    /// <summary>Every file against its checksum.</summary>
    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken ct)
    {
        var result = await pgBackRest.RunAsync("backup-verify", BackupFiles.Program(lab.Home), ["--log-level-console=info", "verify"], null, ct);
        var damaged = RepositoryText.Damaged(result.Output + result.Error);
        return result.ExitCode == 0 || damaged.Count > 0 ? damaged : [PgBackRest.Reason(result)];
    }

    /// <inheritdoc cref="ArchiveWay.RangeAsync" />
    public Task<RestoreRange?> RangeAsync(BackupCatalogue catalogue, CancellationToken ct) => Way.RangeAsync(catalogue, ct);

    /// <summary>Stores segments that the repository lacks and a member still has.</summary>
    /// <remarks>
    /// A primary that dies between the end of a segment and its archiving leaves a gap that nobody fills: its standbys received the segment, and
    /// PostgreSQL's standbys take what they received for archived (<c>archive_mode</c> on). A restore would stop at the gap without a word.
    /// </remarks>
    public async Task FillGapsAsync(IProgressLog progress, CancellationToken ct)
    {
        var catalogue = await ReadAsync(ct);
        foreach (var segment in (await RangeAsync(catalogue, ct))?.Missing ?? [])
        {
            var holder = lab.Members.FirstOrDefault(m => File.Exists(PathOf(m, segment)));
            if (holder is null)
            {
                progress.Say($"the archive lacks segment {segment}, and no member has it any more; what is backed up from now on does not need it");
                continue;
            }

            await pgBackRest.RequireAsync("backup-gap", [$"--pg1-path={lab.Home.MemberData(holder.Name)}", "archive-push", PathOf(holder, segment)], ct);
            progress.Say($"the archive lacked segment {segment}, whose primary died before it was stored; {holder.Name} had it");
        }
    }

    /// <inheritdoc cref="ArchiveWay.FindAsync" />
    public Task<TimelineHistory?> WayAsync(BackupCatalogue catalogue, CancellationToken ct) => Way.FindAsync(catalogue, ct);

    private async Task<DateTimeOffset?> LastCommitAsync(WalSegment segment, CancellationToken ct)
    {
        var dump = await FetchAsync(
            segment.Name,
            async path => (await ChildProcess.RunAsync(
                InstalledPrograms.Require("pg_waldump"), ["--rmgr=Transaction", path], new Dictionary<string, string> { ["TZ"] = "UTC" }, null, null, ct)).Output,
            ct);
        return dump is null ? null : RepositoryText.LastCommit(dump);
    }

    /// <summary>Fetches a file of the archive, lets somebody read it, and throws the copy away; null when it is not there.</summary>
    private async Task<string?> FetchAsync(string name, Func<string, Task<string>> read, CancellationToken ct)
    {
        var folder = Path.Combine(lab.Home.Backup, "look-" + Guid.NewGuid().ToString("N"));
        RunAsUser.Resolve()!.MakeFolder(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var path = Path.Combine(folder, name);
            var member = lab.Members[0];
            var result = await pgBackRest.RunAsync(
                "backup-fetch", BackupFiles.Program(lab.Home), [$"--pg1-path={lab.Home.MemberData(member.Name)}", "archive-get", name, path], null, ct);
            return result.ExitCode == 0 && File.Exists(path) ? await read(path) : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string PathOf(Member member, WalSegment segment) => Path.Combine(lab.Home.MemberData(member.Name), "pg_wal", segment.Name);
}

using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>What the repository holds, how far it reaches without a gap, and the mending of a gap.</summary>
internal sealed class ArchiveReader(LocalLab lab, PgBackRest pgBackRest)
{
    /// <summary>An idle cluster writes segments without a commit; beyond this many nobody looks.</summary>
    private const int SegmentsLookedAt = 16;

    /// <summary>Backups, segments and cipher.</summary>
    public async Task<BackupCatalogue> ReadAsync(CancellationToken ct)
    {
        // Both at once: whoever waits for a restore waits for this first.
        var info = pgBackRest.RequireAsync("backup-info", ["--output=json", "info"], ct);
        var segments = SegmentsAsync(ct);
        await Task.WhenAll(info, segments);
        try
        {
            var (backups, cipher) = RepositoryText.Info(await info);
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
        RepositoryText.Archive(await pgBackRest.RequireAsync("backup-archive", ["--recurse", "--output=json", "repo-ls", $"archive/{Names.Stanza}"], ct));

    /// <summary>Every file against its checksum.</summary>
    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken ct)
    {
        var result = await pgBackRest.RunAsync("backup-verify", BackupFiles.Program(lab.Home), ["--log-level-console=info", "verify"], null, ct);
        var damaged = RepositoryText.Damaged(result.Output + result.Error);
        return result.ExitCode == 0 || damaged.Count > 0 ? damaged : [PgBackRest.Reason(result)];
    }

    /// <summary>How far the repository reaches; null without a backup.</summary>
    public async Task<RestoreRange?> RangeAsync(BackupCatalogue catalogue, CancellationToken ct)
    {
        if (catalogue.Backups.Count == 0)
        {
            return null;
        }

        var (first, newest) = (catalogue.Backups[0], catalogue.Backups[^1]);
        var history = await WayAsync(catalogue, ct) ?? new TimelineHistory([], newest.Last.Timeline);
        var (last, missing) = RestoreRange.Follow(first.First.Number, history, catalogue.Archive.Select(a => a.Segment));
        var end = last ?? first.Last;
        var commit = await LastCommitAsync(history, first.Last.Number, end, ct);
        return new RestoreRange(first.FinishedUtc, commit is { } at && at > first.FinishedUtc ? at : first.FinishedUtc, end.Timeline, end, missing);
    }

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

    /// <summary>The way that a restore can go: to where the primary lives, or, while the archive does not know that timeline yet, to where it went last.</summary>
    /// <remarks>
    /// A primary leads some moments before the history of its timeline is archived. Without it every segment of the earlier timelines would look missing, and
    /// a recovery that is told to go there would end with an error.
    /// </remarks>
    /// <returns>Null when the archive holds no segment.</returns>
    public async Task<TimelineHistory?> WayAsync(BackupCatalogue catalogue, CancellationToken ct)
    {
        uint?[] candidates = [(uint?)(await lab.GetClusterStateAsync(ct)).Primary?.Timeline, catalogue.LatestTimeline];
        foreach (var timeline in candidates.OfType<uint>().Distinct())
        {
            if (await HistoryAsync(timeline, ct) is { } history)
            {
                return history;
            }
        }

        return null;
    }

    /// <summary>How a timeline came to be, as the repository tells it; null when it does not know.</summary>
    private async Task<TimelineHistory?> HistoryAsync(uint timeline, CancellationToken ct) =>
        timeline <= 1
            ? new TimelineHistory([], timeline)
            : await FetchAsync(FormattableString.Invariant($"{timeline:X8}.history"), path => File.ReadAllTextAsync(path, ct), ct) is { } text ? TimelineHistory.Parse(timeline, text) : null;

    private async Task<DateTimeOffset?> LastCommitAsync(TimelineHistory history, ulong first, WalSegment last, CancellationToken ct)
    {
        var number = last.Number;
        for (var looked = 0; looked < SegmentsLookedAt && number >= first; looked++, number--)
        {
            var dump = await FetchAsync(
                history.Holder(number).Name,
                async path => (await ChildProcess.RunAsync(
                    InstalledPrograms.Require("pg_waldump"), ["--rmgr=Transaction", path], new Dictionary<string, string> { ["TZ"] = "UTC" }, null, null, ct)).Output,
                ct);
            if (dump is not null && RepositoryText.LastCommit(dump) is { } commit)
            {
                return commit;
            }
        }

        return null;
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

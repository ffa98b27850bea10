using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>Restores into servers of their own, below the lab's supervisor.</summary>
internal sealed class LocalRestores(LocalLab lab, PgBackRest pgBackRest, ArchiveReader archive)
{
    private const string Ended = "ended";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly AddedPrograms _programs = new(lab.Home.RestoredPrograms, lab.Supervisor);
    private readonly Lazy<RestoredFiles> _files = new(() => new RestoredFiles(lab.Home, lab.Network, lab.Id, RunAsUser.Resolve()!));

    /// <summary>Restored clusters that are there.</summary>
    public IReadOnlyList<RestoredCluster> All => [.. _files.Value.All().Select(m => Cluster(m, seconds: 0))];

    /// <summary>Their servers, running or not.</summary>
    public IReadOnlyList<string> Programs() => _programs.Deployed();

    /// <inheritdoc cref="ILabBackups.RestoreAsync" />
    public async Task<RestoredCluster> RestoreAsync(RestoreRequest request, IProgressLog progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var catalogue = await archive.ReadAsync(ct);
        if (catalogue.Backups.Count == 0)
        {
            throw new LabException("restore refused: there is no backup yet; nothing was touched.\n  fix          make backup");
        }

        var timeline = (await archive.WayAsync(catalogue, ct))?.Timeline;
        if (request.ToUtc is { } moment)
        {
            (await archive.RangeAsync(catalogue, ct))!.Require(moment);
        }

        RequireRoom(catalogue.Backups[^1].Bytes);
        progress.Say($"restoring {request.Name}: {(request.ToUtc is { } to ? "to " + RestoreRange.Text(to) : "everything that was archived")}, timeline {timeline?.ToString(CultureInfo.InvariantCulture) ?? "latest"}");
        return await MakeAsync(request.Name, CopyAsync, clock, progress, ct);

        async Task CopyAsync(RestoredMarker marker)
        {
            var restore = await pgBackRest.RunAsync("restore-" + request.Name, BackupFiles.Program(lab.Home), Arguments(request, marker, timeline), null, ct);
            if (restore.ExitCode != 0)
            {
                throw await RefusalAsync(restore, ct);
            }
        }
    }

    /// <inheritdoc cref="ILabBackups.CopyAsync" />
    public async Task<RestoredCluster> CopyAsync(string name, IProgressLog progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var primary = (await lab.GetClusterStateAsync(ct)).Primary?.Member ?? throw new LabException("copy refused: there is no primary to copy; nothing was touched.\n  fix          make up (repairs the lab)");
        return await MakeAsync(name, CopyAsync, clock, progress, ct);

        async Task CopyAsync(RestoredMarker marker)
        {
            string[] arguments = ["-D", _files.Value.Data(marker.Name), "-c", "fast", "-X", "stream", "-h", lab.Home.MemberSocket(primary.Name), "-U", Names.Admin];
            var copy = await pgBackRest.RunAsync("copy-" + name, InstalledPrograms.Require("pg_basebackup"), arguments, null, ct);
            if (copy.ExitCode != 0)
            {
                throw PgBackRest.Failure("pg_basebackup", copy);
            }
        }
    }

    private async Task<RestoredCluster> MakeAsync(string name, Func<RestoredMarker, Task> copy, Stopwatch clock, IProgressLog progress, CancellationToken ct)
    {
        var marker = _files.Value.Create(name);
        try
        {
            await copy(marker);
            var copied = clock.Elapsed.TotalSeconds;
            _files.Value.Configure(marker);
            var program = ProgramNames.Restored(marker.Name);
            await _programs.ApplyAsync(new Dictionary<string, string> { [program] = _files.Value.Section(marker) }, ct);
            await WaitUntilWritableAsync(marker, program, ct);
            var cluster = Cluster(marker, clock.Elapsed.TotalSeconds);
            progress.Say(FormattableString.Invariant($"{name} accepts writes on {cluster.Host}:{cluster.Port} after {cluster.Seconds:0.0} s ({copied:0.0} s of it copying)"));
            return cluster;
        }
        catch
        {
            await RemoveAsync(marker, CancellationToken.None);
            throw;
        }
    }

    /// <inheritdoc cref="ILabBackups.RemoveAsync" />
    public Task RemoveAsync(string name, CancellationToken ct) => RemoveAsync(
        _files.Value.Read(name) ?? throw new LabException(
            $"nothing to remove: no restored cluster {name} of this lab.\n  there are    {string.Join(", ", _files.Value.All().Select(m => m.Name).DefaultIfEmpty("none"))}"),
        ct);

    private async Task RemoveAsync(RestoredMarker marker, CancellationToken ct)
    {
        var program = ProgramNames.Restored(marker.Name);
        if (Programs().Contains(program))
        {
            await _programs.RemoveAsync([program], ct);
            lab.Processes.Records.Forget(program);
        }

        _files.Value.Remove(marker);
    }

    private string[] Arguments(RestoreRequest request, RestoredMarker marker, uint? timeline) =>
    [
        $"--pg1-path={_files.Value.Data(marker.Name)}",
        .. lab.Members.Skip(1).Select((_, i) => FormattableString.Invariant($"--reset-pg{i + 2}-path")),

        // A file that is damaged is damaged after 15 s as well.
        "--job-retry=0",

        // Its WAL is its own: archived, it would end up between the lab's.
        "--archive-mode=off",
        $"--recovery-option=restore_command={BackupFiles.ArchiveGet(lab.Home)} %f \"%p\"",

        // Not the newest timeline: a standby that was promoted by mistake leaves one that leads nowhere.
        .. timeline is { } number ? [FormattableString.Invariant($"--target-timeline={number}")] : Array.Empty<string>(),
        .. request.ToUtc is { } to
            ? ["--type=time", $"--target={to.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00", "--target-action=promote"]
            : Array.Empty<string>(),
        "restore",
    ];

    /// <summary>Which file is damaged is not in what a restore says; a look at every file is.</summary>
    private async Task<LabException> RefusalAsync(ProgramResult restore, CancellationToken ct)
    {
        var damaged = await archive.VerifyAsync(ct);
        return new LabException(
            $"restore refused by pgBackRest: {PgBackRest.Reason(restore)}; what was copied was removed, and nothing else was touched.\n" +
            $"  damaged      {(damaged.Count == 0 ? "no file of the repository" : string.Join(", ", damaged.Take(5)))}\n" +
            $"  fix          {(damaged.Count == 0 ? $"see {lab.Home.Log($"{Names.Stanza}-restore")}" : $"restore from an earlier backup ({BackupFiles.Program(lab.Home)} info), and take a new one: {BackupFiles.TakeBackup(lab.Home)} full")}");
    }

    private async Task WaitUntilWritableAsync(RestoredMarker marker, string program, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(Cluster(marker, 0).ConnectionString) { Timeout = 2, CommandTimeout = 3 };
        var state = await Wait.UntilAsync(
            Bounds.RestoredAccepts,
            $"{marker.Name} to accept writes",
            async token =>
            {
                if ((await lab.Supervisor.ProgramsAsync(token))?.FirstOrDefault(p => p.Name == program) is { IsDown: true })
                {
                    return (Ended, "");
                }

                try
                {
                    await using var connection = ProvenConnections.Create(settings.ConnectionString);
                    await connection.OpenAsync(token);
                    await using var command = new NpgsqlCommand("select not pg_is_in_recovery()", connection);
                    return (await command.ExecuteScalarAsync(token) is true ? "writable" : null, "it replays");
                }
                catch (NpgsqlException e)
                {
                    return (null, e.Message.Split('\n')[0]);
                }
            },
            PollInterval,
            ct);
        if (state == Ended)
        {
            throw new LabException(
                $"restore failed: PostgreSQL ended during recovery; what was copied was removed, and nothing else was touched.\n  said         {ServerLog.LastWords(lab.Home.Log(program))}");
        }
    }

    private void RequireRoom(long bytes)
    {
        var free = new DriveInfo(lab.Home.Restores).AvailableFreeSpace;
        var needed = bytes + (1L << 30);
        if (free < needed)
        {
            throw new LabException(FormattableString.Invariant(
                $"restore refused: {free / 1e9:0.0} GB are free at {lab.Home.Restores}, {needed / 1e9:0.0} GB are needed; nothing was touched.\n  fix          free some, or end a restored cluster: srelab restore --remove NAME"));
        }
    }

    private RestoredCluster Cluster(RestoredMarker marker, double seconds)
    {
        var database = new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin)) { Host = marker.Host, Port = LabNetwork.Postgres }.ConnectionString;

        // The cluster of its backup, which is not the lab's when that was made anew since.
        ProvenConnections.Know(database, ClusterIdentity.OfFiles([_files.Value.Data(marker.Name)]));
        return new RestoredCluster(marker.Name, marker.Host, LabNetwork.Postgres, database, seconds, _files.Value.Folder(marker.Name));
    }
}

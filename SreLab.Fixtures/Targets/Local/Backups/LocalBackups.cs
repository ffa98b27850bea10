using System.Diagnostics;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>Backups of the embedded lab by pgBackRest, into an encrypted repository in the lab's folder.</summary>
internal sealed class LocalBackups : ILabBackups
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly LocalLab _lab;
    private readonly PgBackRest _pgBackRest;
    private readonly ArchiveReader _archive;
    private readonly LocalRestores _restores;
    private readonly LocalBackupFaults _faults;

    public LocalBackups(LocalLab lab)
    {
        _lab = lab;
        _pgBackRest = new PgBackRest(lab);
        _archive = new ArchiveReader(lab, _pgBackRest);
        _restores = new LocalRestores(lab, _pgBackRest, _archive);
        _faults = new LocalBackupFaults(lab, _pgBackRest);
    }

    /// <inheritdoc />
    public IReadOnlyList<RestoredCluster> Restored => _restores.All;

    /// <inheritdoc />
    public ILabBackupFaults Faults => _faults;

    /// <inheritdoc cref="LossAndRecovery.IsLost" />
    public bool IsLost => _faults.IsLost;

    /// <inheritdoc cref="LossAndRecovery.RecoverAsync" />
    public Task<bool> RecoverAsync(IProgressLog progress, CancellationToken ct) => _faults.RecoverAsync(progress, ct);

    /// <summary>Servers of restored clusters, running or not.</summary>
    public IReadOnlyList<string> Programs() => _restores.Programs();

    /// <summary>Makes the repository ready for this cluster; a second time changes nothing.</summary>
    public Task CreateStanzaAsync(CancellationToken ct) => _pgBackRest.RequireAsync("backup-stanza", ["stanza-create"], ct);

    /// <inheritdoc />
    public Task<BackupCatalogue> ReadAsync(CancellationToken ct) => _archive.ReadAsync(ct);

    /// <inheritdoc />
    public async Task<RestoreRange?> RangeAsync(CancellationToken ct) => await _archive.RangeAsync(await _archive.ReadAsync(ct), ct);

    /// <inheritdoc />
    public async Task<TakenBackup> TakeAsync(BackupKind kind, IProgressLog progress, CancellationToken ct)
    {
        await _archive.FillGapsAsync(progress, ct);
        var word = kind switch { BackupKind.Full => "full", BackupKind.Differential => "diff", _ => "incr" };
        var clock = Stopwatch.StartNew();
        var result = await Wait.UntilAsync(
            Bounds.BackupTaken,
            $"a {word} backup",
            async token =>
            {
                var told = 0.0;
                var run = await _pgBackRest.RunAsync("backup-" + word, BackupFiles.TakeBackup(_lab.Home), [word], Tell, token);
                return (run.ExitCode == PgBackRest.Locked ? null : run, "another backup is being taken");

                void Tell(string line)
                {
                    if (RepositoryText.Percent(line) is { } percent && percent >= told + 25)
                    {
                        told = percent;
                        progress.Say(FormattableString.Invariant($"{word} backup: {percent:0} %"));
                    }
                }
            },
            TimeSpan.FromSeconds(1),
            ct);
        if (result.ExitCode != 0)
        {
            throw new LabException($"{PgBackRest.Failure($"the {word} backup", result).Message}\n  look at      {_lab.Home.Log($"{Names.Stanza}-backup")}\n  earlier      backups stay as they were: {BackupFiles.Program(_lab.Home)} info");
        }

        var isFromStandby = (result.Output + result.Error).Contains("replay on the standby reached", StringComparison.Ordinal);
        var set = (await _archive.ReadAsync(ct)).Backups[^1];
        progress.Say(FormattableString.Invariant(
            $"{word} backup {set.Label} from {(isFromStandby ? "a standby" : "the primary")}: {set.Bytes / 1e6:0} MB, {set.RepositoryBytes / 1e6:0.0} MB new in the repository, {clock.Elapsed.TotalSeconds:0.0} s"));
        return new TakenBackup(set, clock.Elapsed.TotalSeconds, isFromStandby);
    }

    /// <inheritdoc />
    public Task<ArchiveLook> ArchiveNowAsync(CancellationToken ct) => EndedSegment.FollowAsync(
        _lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin),
        async (segment, token) => (await _archive.SegmentsAsync(token)).Any(s => s.Segment == segment),
        PollInterval,
        ct);

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken ct) => await _archive.VerifyAsync(ct);

    /// <inheritdoc />
    public async Task<RestoredCluster> RestoreAsync(RestoreRequest request, IProgressLog progress, CancellationToken ct) => await _restores.RestoreAsync(request, progress, ct);

    /// <inheritdoc />
    public async Task<bool> ArchivesAsync(RestoredCluster cluster, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(cluster.ConnectionString);
        await connection.OpenAsync(ct);
        return await EndedSegment.TextAsync(connection, "show archive_mode", ct) != "off";
    }

    /// <inheritdoc />
    public Task<RestoredCluster> CopyAsync(string name, IProgressLog progress, CancellationToken ct) => _restores.CopyAsync(name, progress, ct);

    /// <inheritdoc />
    public Task RemoveAsync(string name, CancellationToken ct) => _restores.RemoveAsync(name, ct);
}

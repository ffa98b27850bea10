using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>Breaks the repository of the embedded lab, and puts back what it took.</summary>
internal sealed class LocalBackupFaults(LocalLab lab, PgBackRest pgBackRest) : ILabBackupFaults
{
    /// <summary>Beyond this much the disk is full for a segment, compressed or not.</summary>
    private const int RoomLeft = 8 * 1024;

    private string Repository => BackupFiles.Repository(lab.Home);

    private string KeptKey => Path.Combine(lab.Home.Backup, "key-lost");

    private KeptFiles Kept => new(Repository, Path.Combine(lab.Home.Backup, "kept"));

    private ReadOnlyFolder Backups => BackupFiles.StoredBackups(lab.Home);

    private LabVolume Volume => new(lab.Home, lab.Id);

    private string Ballast => Path.Combine(lab.Home.Volume, "ballast");

    private LossAndRecovery Loss => new(lab, pgBackRest);

    /// <inheritdoc cref="LossAndRecovery.IsLost" />
    public bool IsLost => Loss.IsLost;

    /// <inheritdoc />
    public string? WhyNoDisk => LabVolume.WhyNot;

    /// <inheritdoc />
    public async Task<string> DamageAsync(BackupSet backup, CancellationToken ct)
    {
        var file = StoredFiles.LargestThatRestoresRead(Path.Combine(Repository, "backup", Names.Stanza), backup.Label)
            ?? throw new LabException($"fault refused: later backups hold every file of backup {backup.Label} anew, so a restore reads none of it.");
        Kept.TakeAndCopy(file);
        await StoredFiles.DamageAsync(file, ct);
        return Path.GetRelativePath(Repository, file);
    }

    /// <inheritdoc />
    public Task<string> RemoveSegmentAsync(WalSegment segment, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var file = Directory.EnumerateFiles(Path.Combine(Repository, "archive", Names.Stanza), segment.Name + "-*", SearchOption.AllDirectories).FirstOrDefault()
            ?? throw new LabException($"fault refused: the repository has no segment {segment}.");
        Kept.Take(file);
        return Task.FromResult(Path.GetRelativePath(Repository, file));
    }

    /// <inheritdoc />
    public async Task LoseKeyAsync(CancellationToken ct)
    {
        await File.WriteAllTextAsync(KeptKey, "the repository is read with another key than it was written with\n", ct);
        Configure(LabSecrets.NewPassword(), secondRepository: null);
    }

    /// <inheritdoc />
    public Task DenyBackupsAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Backups.Close();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<bool> UndoAsync(CancellationToken ct)
    {
        var hadKept = Kept.PutBack();
        var hadKey = File.Exists(KeptKey);
        if (hadKey)
        {
            Configure(lab.Password(Names.BackupKey), secondRepository: null);
            File.Delete(KeptKey);
        }

        var hadDisk = Directory.Exists(lab.Home.Volume) && (await File.ReadAllTextAsync(Path.Combine(lab.Home.Backup, "archive.conf"), ct)).Contains("repo2-path", StringComparison.Ordinal);
        if (hadDisk)
        {
            await RemoveDiskAsync(ct);
        }

        var wereDenied = Backups.Open();
        return hadKept || hadKey || hadDisk || wereDenied;
    }

    /// <inheritdoc />
    public async Task FillDiskAsync(long bytes, CancellationToken ct)
    {
        var folder = Path.Combine(Volume.Mount(bytes), "repository");
        RunAsUser.Resolve()!.MakeFolder(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Configure(lab.Password(Names.BackupKey), folder);
        await pgBackRest.RequireAsync("backup-stanza", ["stanza-create"], ct);
        await using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write);
        var block = new byte[64 * 1024];
        while (new DriveInfo(lab.Home.Volume).AvailableFreeSpace > RoomLeft)
        {
            await ballast.WriteAsync(block.AsMemory(0, (int)Math.Min(block.Length, new DriveInfo(lab.Home.Volume).AvailableFreeSpace)), ct);
            await ballast.FlushAsync(ct);
        }
    }

    /// <inheritdoc />
    public Task FreeDiskAsync(CancellationToken ct)
    {
        File.Delete(Ballast);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task RemoveDiskAsync(CancellationToken ct)
    {
        Configure(lab.Password(Names.BackupKey), secondRepository: null);
        Volume.Unmount();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<string> LoseEverythingAsync(CancellationToken ct) => Loss.LoseAsync(ct);

    /// <inheritdoc />
    Task ILabBackupFaults.RecoverAsync(IProgressLog progress, CancellationToken ct) => Loss.RecoverAsync(progress, ct);

    /// <inheritdoc cref="LossAndRecovery.RecoverAsync" />
    public Task<bool> RecoverAsync(IProgressLog progress, CancellationToken ct) => Loss.RecoverAsync(progress, ct);

    private void Configure(string key, string? secondRepository) =>
        new BackupFiles(lab.Home, lab.Network, LabSecrets.Read(lab.Home), RunAsUser.Resolve()!).Configure(key, secondRepository);
}

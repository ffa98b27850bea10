using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>What of a repository is not broken here, and why.</summary>
/// <param name="restores">Known before anything is cleared away.</param>
internal sealed class KubernetesBackupFaults(KubernetesRestores? restores) : ILabBackupFaults
{
    private const string Damage =
        "Barman Cloud keeps no checksum of what it copies, so nothing refuses a damaged copy by its name; segments and pages have checksums of their own; a refusal by file is proven with TARGET=local";

    private const string Disk = "the store's volume belongs to the platform, and what fills it could not be taken away again from outside; a full disk is proven with TARGET=local";

    private const string Loss =
        "the Cluster is a release of Helm, and what it begins from is decided when it is made: its owner applies it anew; a restore of everything beside it is proven here, the loss with TARGET=local";

    private const string Broken = "the store of the backups is not broken on Kubernetes; its plants run with TARGET=local";

    /// <inheritdoc />
    public string? WhyNoDamage => Damage;

    /// <inheritdoc />
    public string? WhyNoDisk => Disk;

    /// <inheritdoc />
    public string? WhyNoLoss => Loss;

    /// <inheritdoc />
    public Task<string> DamageAsync(BackupSet backup, CancellationToken ct) => throw Refusal(Damage);

    /// <inheritdoc />
    public Task<string> RemoveSegmentAsync(WalSegment segment, CancellationToken ct) => throw Refusal(Broken);

    /// <inheritdoc />
    public Task LoseKeyAsync(CancellationToken ct) => throw Refusal(Broken);

    /// <inheritdoc />
    public Task DenyBackupsAsync(CancellationToken ct) => throw Refusal(Broken);

    /// <inheritdoc />
    /// <remarks>Nothing is ever broken; what is cleared away next has to be known.</remarks>
    public async Task<bool> UndoAsync(CancellationToken ct)
    {
        if (restores is not null)
        {
            await restores.KnownAsync(ct);
        }

        return false;
    }

    /// <inheritdoc />
    public Task FillDiskAsync(long bytes, CancellationToken ct) => throw Refusal(Disk);

    /// <inheritdoc />
    public Task FreeDiskAsync(CancellationToken ct) => throw Refusal(Disk);

    /// <inheritdoc />
    public Task RemoveDiskAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    public Task<string> LoseEverythingAsync(CancellationToken ct) => throw Refusal(Loss);

    /// <inheritdoc />
    public Task RecoverAsync(IProgressLog progress, CancellationToken ct) => Task.CompletedTask;

    private static LabException Refusal(string reason) => new($"fault refused on Kubernetes: {reason}");
}

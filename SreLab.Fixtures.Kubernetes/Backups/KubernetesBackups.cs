using System.Net;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Kubernetes.Forwards;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>Backups that the operator takes with Barman Cloud into a store in the cluster, and restores from them beside the lab.</summary>
internal sealed class KubernetesBackups : ILabBackups, IAsyncDisposable
{
    private const string OnlyFull = "Barman Cloud copies everything each time; what only copies changes is proven with TARGET=local";
    private const string NoCopy = "a restore is measured beside pg_basebackup on the embedded target: make compare TARGET=local";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly LabParts _parts;
    private readonly ILab _lab;
    private readonly string _host;
    private readonly StoreAddress? _address;
    private readonly KubernetesRestores? _restores;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private (ObjectStore Store, PodPortForward Forward)? _open;

    /// <summary>Looks where the database's backups are; nothing is asked of the store yet.</summary>
    public KubernetesBackups(LabParts parts, ILab lab)
    {
        (_parts, _lab, _host) = (parts, lab, new LabNetwork(parts.Settings.Network).Edge);
        var cluster = parts.Clusters.Find(parts.Cluster);
        (_address, var problem) = cluster is null ? (null, $"the cluster {parts.Cluster} is gone") : StoreAddress.Of(cluster, parts.Spaces.Database);
        WhyNone = _address is null ? problem : null;
        _restores = _address is null ? null : new KubernetesRestores(parts, _host);
        Faults = new KubernetesBackupFaults(_restores);
    }

    /// <inheritdoc />
    public string? WhyNone { get; }

    /// <inheritdoc />
    public IReadOnlyDictionary<BackupKind, string> Lacks { get; } = new Dictionary<BackupKind, string> { [BackupKind.Incremental] = OnlyFull, [BackupKind.Differential] = OnlyFull };

    /// <inheritdoc />
    public IReadOnlyList<RestoredCluster> Restored => _restores?.All ?? [];

    /// <inheritdoc />
    public ILabBackupFaults Faults { get; }

    private KubernetesRestores Restores => _restores ?? throw None();

    /// <inheritdoc />
    public async Task<BackupCatalogue> ReadAsync(CancellationToken ct) => await (await ArchiveAsync(ct)).ReadAsync(ct);

    /// <inheritdoc />
    public async Task<RestoreRange?> RangeAsync(CancellationToken ct)
    {
        var archive = await ArchiveAsync(ct);
        return await archive.Way.RangeAsync(await archive.ReadAsync(ct), ct);
    }

    /// <inheritdoc />
    public async Task<TakenBackup> TakeAsync(BackupKind kind, IProgressLog progress, CancellationToken ct)
    {
        if (Lacks.TryGetValue(kind, out var reason))
        {
            throw new LabException($"backup refused: no {kind.ToString().ToLowerInvariant()} one can be taken here: {reason}; nothing was touched.\n  possible     full");
        }

        var archive = await ArchiveAsync(ct);
        var (ended, elapsed) = await new BackupOrder(_parts.Client, _parts.Spaces.Database, _parts.Cluster, _parts.Spaces.Prefix).TakeAsync(progress, ct);
        var set = (await archive.ReadAsync(ct)).Backups.FirstOrDefault(b => b.Label == ended.Status.BackupId)
            ?? throw new LabException($"the operator calls backup {ended.Metadata.Name} completed, and the store has no {ended.Status.BackupId ?? "backup of it"}.\n  look at      kubectl --namespace {_parts.Spaces.Database} describe backup {ended.Metadata.Name}");
        var isFromStandby = ended.Status.Instance?.PodName is { } pod && _parts.Clusters.Find(_parts.Cluster)?.Status.CurrentPrimary is { } primary && pod != primary;
        progress.Say(FormattableString.Invariant(
            $"full backup {set.Label} from {(isFromStandby ? "a standby" : "the primary")}: {set.Bytes / 1e6:0} MB, {set.RepositoryBytes / 1e6:0.0} MB new in the store, {elapsed.TotalSeconds:0.0} s"));
        return new TakenBackup(set, elapsed.TotalSeconds, isFromStandby);
    }

    /// <inheritdoc />
    public async Task<ArchiveLook> ArchiveNowAsync(CancellationToken ct)
    {
        var archive = await ArchiveAsync(ct);
        return await EndedSegment.FollowAsync(_lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin), archive.HasAsync, PollInterval, ct);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken ct) => await (await ArchiveAsync(ct)).VerifyAsync(ct);

    /// <inheritdoc />
    public async Task<RestoredCluster> RestoreAsync(RestoreRequest request, IProgressLog progress, CancellationToken ct)
    {
        var archive = await ArchiveAsync(ct);
        var cluster = _parts.Clusters.Find(_parts.Cluster) ?? throw new LabException($"restore refused: the cluster {_parts.Cluster} is gone; nothing was touched.\n  fix          make up");
        return await Restores.RestoreAsync(request, cluster, archive, progress, ct);
    }

    /// <inheritdoc />
    public Task<RestoredCluster> CopyAsync(string name, IProgressLog progress, CancellationToken ct) => throw new LabException($"copy refused on Kubernetes: {NoCopy}");

    /// <inheritdoc />
    /// <remarks>Every server of the operator has archive_mode on; without a store its command does nothing. So the object is asked, and the store.</remarks>
    public async Task<bool> ArchivesAsync(RestoredCluster cluster, CancellationToken ct) =>
        Restores.HasBackups(cluster.Name) || await ArchiveOf(await StoreAsync(ct), FolderOf(RestoredSpec.NameOf(cluster.Name))).HasWalAsync(ct);

    /// <inheritdoc />
    public Task RemoveAsync(string name, CancellationToken ct) => Restores.RemoveAsync(name, ct);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_restores is not null)
        {
            await _restores.DisposeAsync();
        }

        if (_open is { } open)
        {
            open.Store.Dispose();
            await open.Forward.DisposeAsync();
        }

        _opening.Dispose();
    }

    private async Task<StoreArchive> ArchiveAsync(CancellationToken ct) => ArchiveOf(await StoreAsync(ct), _address!.Folder);

    private StoreArchive ArchiveOf(ObjectStore store, string folder) => new(store, folder, async ct => (uint?)(await _lab.GetClusterStateAsync(ct)).Primary?.Timeline);

    // Beside the lab's own folder: a restored cluster would archive below its own name.
    private string FolderOf(string cluster) => $"{_address!.Folder[..(_address.Folder.TrimEnd('/').LastIndexOf('/') + 1)]}{cluster}/";

    private async Task<ObjectStore> StoreAsync(CancellationToken ct)
    {
        var address = _address ?? throw None();
        await _opening.WaitAsync(ct);
        try
        {
            if (_open is { } there)
            {
                return there.Store;
            }

            var labels = await address.LabelsAsync(_parts.Client, _parts.Spaces.Database, ct);
            var signature = await address.ReadKeysAsync(_parts.Client, _parts.Spaces.Database, ct);
            var forward = new PodPortForward(IPAddress.Parse(_host), _parts.Client, _parts.Spaces.Database, labels, address.Port);
            var store = new ObjectStore(LabNetwork.Url(_host, forward.Port), address.Bucket, signature);
            _open = (store, forward);
            return store;
        }
        finally
        {
            _opening.Release();
        }
    }

    private LabException None() => new($"backups refused: {WhyNone}");
}

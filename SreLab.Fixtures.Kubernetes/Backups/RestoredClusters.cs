using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>Databases that were restored beside the lab's, as objects: made, followed, and removed with everything of theirs. Only those with the lab's label are touched.</summary>
internal sealed class RestoredClusters : IAsyncDisposable
{
    // The first attempt may begin before the network lets the new pod out.
    private const int AttemptsThatFail = 2;
    private const string JobRole = "cnpg.io/jobRole";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly IKubernetes _client;
    private readonly string _space;
    private readonly string _prefix;
    private readonly ObjectWatch<DatabaseCluster> _clusters;

    /// <summary>Begins to watch them.</summary>
    public RestoredClusters(IKubernetes client, string space, string prefix)
    {
        (_client, _space, _prefix) = (client, space, prefix);
        _clusters = new ObjectWatch<DatabaseCluster>(ObjectSources.Clusters(client, space, $"{KubernetesTargets.LabLabel}={prefix},{KubernetesTargets.RestoredLabel}"));
    }

    /// <summary>How long one that was removed may take to go.</summary>
    public Bound Longest { get; init; } = Bounds.RestoredGone;

    /// <summary>Names by which they were asked for.</summary>
    public IReadOnlyList<string> Names => [.. _clusters.Items.Select(NameOf).OfType<string>()];

    /// <summary>Waits until it is known which there are.</summary>
    public Task KnownAsync(CancellationToken ct) => _clusters.ListedAsync(ct);

    /// <summary>One of them; null when there is none of that name.</summary>
    public DatabaseCluster? Find(string name) => _clusters.Find(RestoredSpec.NameOf(name));

    /// <summary>Makes one.</summary>
    /// <exception cref="LabException">The name is taken, or the API refused it.</exception>
    public async Task CreateAsync(string name, IReadOnlyDictionary<string, object> cluster, CancellationToken ct)
    {
        try
        {
            await _client.CustomObjects.CreateNamespacedCustomObjectAsync(cluster, DatabaseCluster.Group, DatabaseCluster.Version, _space, DatabaseCluster.Plural, cancellationToken: ct);
        }
        catch (Exception e) when (ApiErrors.IsConflict(e))
        {
            throw new LabException($"restore refused: {_space} has a cluster {RestoredSpec.NameOf(name)} already; nothing was touched.\n  fix          another name, or end that one: make restore REMOVE={name}", e);
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"restore refused: {_space}/{RestoredSpec.NameOf(name)} could not be made", e);
        }
    }

    /// <summary>Waits until its instance runs.</summary>
    /// <returns>Name of the instance's pod.</returns>
    /// <exception cref="LabException">The recovery failed, with the last words of its log, or did not end.</exception>
    public async Task<string> RunsAsync(string name, CancellationToken ct)
    {
        var cluster = RestoredSpec.NameOf(name);
        await using var pods = new ObjectWatch<V1Pod>(ObjectSources.Pods(_client, _space, $"{DatabaseCluster.NameLabel}={cluster}"));
        var seen = await pods.WaitAsync(
            Bounds.RestoredAccepts,
            $"an instance of {_space}/{cluster}",
            all => (Decisive(all), $"{Find(name)?.Status.Phase ?? "no phase yet"}; {(all.Count == 0 ? "no pod" : string.Join(", ", all.Select(p => $"{p.Metadata.Name} {p.Status?.Phase}")))}"),
            ct);
        return seen.Status?.Phase == "Failed"
            ? throw new LabException(
                $"restore failed: the recovery of {_space}/{cluster} ended {AttemptsThatFail} times; what was made is removed, and nothing else was touched.\n  said         {await LastWordsAsync(seen, ct)}")
            : seen.Metadata.Name;
    }

    /// <summary>Removes one with its pods and volumes, and proves that nothing of it is left.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="LabException">It does not carry the lab's label, or something is left.</exception>
    public async Task<bool> RemoveAsync(string name, CancellationToken ct)
    {
        var cluster = RestoredSpec.NameOf(name);
        if (await ReadAsync(cluster, ct) is not { } found)
        {
            return false;
        }

        if (NameOf(found) != name || found.Metadata.Labels?.TryGetValue(KubernetesTargets.LabLabel, out var lab) != true || lab != _prefix)
        {
            throw new LabException($"remove refused: {_space}/{cluster} was not restored by the lab {_prefix}; nothing was touched.\n  needed       labels {KubernetesTargets.LabLabel}={_prefix}, {KubernetesTargets.RestoredLabel}={name}");
        }

        try
        {
            await _client.CustomObjects.DeleteNamespacedCustomObjectAsync(
                DatabaseCluster.Group,
                DatabaseCluster.Version,
                _space,
                DatabaseCluster.Plural,
                cluster,
                new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = found.Metadata.Uid } },
                cancellationToken: ct);
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct) && !ApiErrors.IsNotFound(e))
        {
            throw ApiErrors.Refusal($"{_space}/{cluster} could not be removed", e);
        }

        await Wait.UntilAsync(
            Longest,
            $"{_space}/{cluster} to be gone with its pods and volumes",
            async token => await LeftAsync(cluster, token) is { Count: > 0 } left ? (null, string.Join(", ", left)) : ("gone", ""),
            PollInterval,
            ct);
        return true;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _clusters.DisposeAsync();

    /// <summary>A pod that decides the matter: the instance's when it runs, or that of a recovery which failed as often as it may.</summary>
    internal static V1Pod? Decisive(IReadOnlyList<V1Pod> pods)
    {
        var failed = pods.Where(p => p.Status?.Phase == "Failed" && IsOfJob(p)).ToList();
        return pods.FirstOrDefault(p => p.Status?.Phase == "Running" && !IsOfJob(p)) ?? (failed.Count >= AttemptsThatFail ? failed[^1] : null);
    }

    /// <summary>Whether a claim is one of a cluster's: its name, the instance's number, and what is on it when that is not the data.</summary>
    internal static bool IsClaimOf(string cluster, string claim) =>
        claim.StartsWith(cluster + "-", StringComparison.Ordinal) && claim[(cluster.Length + 1)..].Split('-') is [var number, .. var rest]
        && int.TryParse(number, out _) && rest is [] or ["wal"];

    private static bool IsOfJob(V1Pod pod) => pod.Metadata.Labels?.ContainsKey(JobRole) == true;

    private static string? NameOf(DatabaseCluster cluster) => cluster.Metadata.Labels?.TryGetValue(KubernetesTargets.RestoredLabel, out var name) == true ? name : null;

    private async Task<DatabaseCluster?> ReadAsync(string cluster, CancellationToken ct)
    {
        try
        {
            return await _client.CustomObjects.GetNamespacedCustomObjectAsync<DatabaseCluster>(
                DatabaseCluster.Group, DatabaseCluster.Version, _space, DatabaseCluster.Plural, cluster, cancellationToken: ct);
        }
        catch (Exception e) when (ApiErrors.IsNotFound(e))
        {
            return null;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"{_space}/{cluster} could not be read", e);
        }
    }

    private async Task<IReadOnlyList<string>> LeftAsync(string cluster, CancellationToken ct)
    {
        var labels = $"{DatabaseCluster.NameLabel}={cluster}";
        var pods = await _client.CoreV1.ListNamespacedPodAsync(_space, labelSelector: labels, cancellationToken: ct);
        var claims = await _client.CoreV1.ListNamespacedPersistentVolumeClaimAsync(_space, labelSelector: labels, cancellationToken: ct);
        return
        [
            .. await ReadAsync(cluster, ct) is null ? Array.Empty<string>() : [$"cluster {cluster}"],
            .. pods.Items.Select(p => $"pod {p.Metadata.Name}"),
            .. claims.Items.Select(c => $"volume claim {c.Metadata.Name}"),
            .. (await VolumesAsync(ct)).Where(v => v.Spec.ClaimRef is { } claim && claim.NamespaceProperty == _space && IsClaimOf(cluster, claim.Name))
                .Select(v => $"volume {v.Metadata.Name}"),
        ];
    }

    // Volumes are of the whole cluster: who may not list them sees their claims go.
    private async Task<IEnumerable<V1PersistentVolume>> VolumesAsync(CancellationToken ct)
    {
        try
        {
            return (await _client.CoreV1.ListPersistentVolumeAsync(cancellationToken: ct)).Items;
        }
        catch (Exception e) when (ApiErrors.IsForbidden(e))
        {
            return [];
        }
    }

    private async Task<string> LastWordsAsync(V1Pod pod, CancellationToken ct)
    {
        try
        {
            await using var log = await _client.CoreV1.ReadNamespacedPodLogAsync(pod.Metadata.Name, _space, tailLines: LogWords.Lines, cancellationToken: ct);
            using var reader = new StreamReader(log);
            return LogWords.Of(await reader.ReadToEndAsync(ct));
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            return $"its log could not be read: {ApiErrors.Text(e)}";
        }
    }
}

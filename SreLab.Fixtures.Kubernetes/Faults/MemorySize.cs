using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>Changes how much memory the instances ask for, and puts it back. What it was is kept with the cluster, so that a later process can do that.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Namespace of the database.</param>
internal sealed class MemorySize(IKubernetes client, string space)
{
    /// <summary>Where the request is kept meanwhile.</summary>
    public const string Kept = "srelab.io/memory-before-resize";

    private const string Memory = "memory";
    private const long Mebi = 1L << 20;

    /// <summary>Asks for a sixteenth less: there is room for that wherever there was for more.</summary>
    /// <returns>What was changed, for the evidence.</returns>
    /// <exception cref="LabException">It is changed already, or the instances ask for no memory.</exception>
    public async Task<string> ChangeAsync(CancellationToken ct)
    {
        var cluster = (await ListAsync(ct)) is [{ } only] ? only : throw new LabException($"fault refused: {space} has no cluster, or more than one.\n  look         kubectl --namespace {space} get clusters");
        if (KeptOf(cluster) is { } kept)
        {
            throw new LabException($"fault refused: {cluster.Metadata.Name} was resized already, from {kept}.\n  fix          make up");
        }

        if (cluster.Spec.Resources?.Requests?.TryGetValue(Memory, out var before) != true || before is null)
        {
            throw new LabException($"fault refused: the instances of {cluster.Metadata.Name} ask for no memory that could be changed.\n  fix          resources.requests.memory in the values of srelab-database");
        }

        var asked = FormattableString.Invariant($"{before.ToInt64() / 16 * 15 / Mebi}Mi");
        await PatchAsync(cluster.Metadata.Name, before.ToString(), asked, ct);
        return $"memory of every instance of {space}/{cluster.Metadata.Name} from {before} to {asked}";
    }

    /// <summary>Puts it back; nothing happens when nothing is changed.</summary>
    /// <returns>The clusters that were changed, with what they ask for again.</returns>
    public async Task<IReadOnlyList<(string Cluster, string Memory)>> PutBackAsync(CancellationToken ct)
    {
        List<(string, string)> done = [];
        foreach (var cluster in await ListAsync(ct))
        {
            if (KeptOf(cluster) is { } kept)
            {
                await PatchAsync(cluster.Metadata.Name, null, kept, ct);
                done.Add((cluster.Metadata.Name, kept));
            }
        }

        return done;
    }

    /// <summary>Waits until every pod of a cluster asks for so much and is ready.</summary>
    public Task<string> WaitUntilAllHaveAsync(string cluster, string memory, CancellationToken ct) => Wait.UntilAsync(
        Bounds.SlowTakeover,
        $"every instance of {space}/{cluster} to be ready with {memory}",
        async token =>
        {
            try
            {
                var pods = await client.CoreV1.ListNamespacedPodAsync(space, labelSelector: $"{DatabaseCluster.NameLabel}={cluster}", cancellationToken: token);
                var has = pods.Items.Where(p => Has(p, memory)).Select(p => p.Metadata.Name).ToList();
                return (has.Count > 0 && has.Count == pods.Items.Count ? "all" : null, $"{has.Count} of {pods.Items.Count}: {string.Join(", ", has)}");
            }
            catch (Exception e) when (ApiErrors.IsOfApi(e, token))
            {
                return ((string?)null, ApiErrors.Text(e));
            }
        },
        TimeSpan.FromSeconds(1),
        ct);

    /// <summary>Whether a pod's database asks for so much and is ready.</summary>
    internal static bool Has(V1Pod pod, string memory) =>
        pod.Spec.Containers.FirstOrDefault(c => c.Name == DatabaseCluster.Container)?.Resources?.Requests?.TryGetValue(Memory, out var request) == true
        && request.ToInt64() == new ResourceQuantity(memory).ToInt64()
        && pod.Status?.ContainerStatuses?.FirstOrDefault(c => c.Name == DatabaseCluster.Container)?.Ready == true;

    private static string? KeptOf(DatabaseCluster cluster) => cluster.Metadata.Annotations is { } annotations && annotations.TryGetValue(Kept, out var kept) ? kept : null;

    private async Task<IList<DatabaseCluster>> ListAsync(CancellationToken ct)
    {
        try
        {
            return (await client.CustomObjects.ListNamespacedCustomObjectAsync<ResourceList<DatabaseCluster>>(
                DatabaseCluster.Group, DatabaseCluster.Version, space, DatabaseCluster.Plural, labelSelector: $"!{KubernetesTargets.RestoredLabel}", cancellationToken: ct)).Items;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"the clusters of {space} could not be listed", e);
        }
    }

    private Task PatchAsync(string cluster, string? kept, string memory, CancellationToken ct) => ClusterPatch.SendAsync(
        client,
        space,
        cluster,
        new Dictionary<string, object>
        {
            ["metadata"] = new { annotations = new Dictionary<string, string?> { [Kept] = kept } },
            ["spec"] = new { resources = new { requests = new { memory } } },
        },
        "requests of memory",
        ct);
}

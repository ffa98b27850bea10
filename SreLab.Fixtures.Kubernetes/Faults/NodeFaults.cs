using k8s;
using k8s.Models;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>Drains and loses nodes; only those that the lab made.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Namespace of the database.</param>
/// <param name="control">The nodes' machines; null where they are somebody else's.</param>
internal sealed class NodeFaults(IKubernetes client, string space, INodeControl? control)
{
    /// <summary>Why nodes may not be broken here; null when they may.</summary>
    public string? WhyNot => control is null ? "the cluster's nodes are its owner's; drain or lose one with TARGET=k3s" : null;

    /// <summary>On which node a member runs.</summary>
    public async Task<string> OfAsync(Member member, CancellationToken ct)
    {
        var pod = await client.CoreV1.ReadNamespacedPodAsync(member.Name, space, cancellationToken: ct);
        return pod.Spec.NodeName ?? throw new LabException($"{space}/{member.Name} is on no node.\n  look         kubectl --namespace {space} get pods -o wide");
    }

    /// <summary>Loses the machine of a node.</summary>
    public Task<string> LoseAsync(string node, CancellationToken ct) => Require().StopAsync(node, ct);

    /// <summary>Brings it back.</summary>
    public Task ReturnAsync(string node, CancellationToken ct) => Require().StartAsync(node, ct);

    /// <summary>Lets nothing new onto a node, and asks every instance of the database on it to go, as its disruption budget allows.</summary>
    /// <returns>What was asked to go.</returns>
    public async Task<IReadOnlyList<string>> DrainAsync(string node, CancellationToken ct)
    {
        Require();
        await SetUnschedulableAsync(node, true, ct);
        var pods = await client.CoreV1.ListNamespacedPodAsync(space, fieldSelector: $"spec.nodeName={node}", labelSelector: DatabaseCluster.NameLabel, cancellationToken: ct);
        foreach (var pod in pods.Items)
        {
            await EvictAsync(pod.Metadata.Name, ct);
        }

        return [.. pods.Items.Select(p => p.Metadata.Name)];
    }

    /// <summary>Lets pods onto it again.</summary>
    public Task UncordonAsync(string node, CancellationToken ct) => SetUnschedulableAsync(node, false, ct);

    // 429: the budget allows none now, and will when the operator has switched over.
    private Task<string> EvictAsync(string pod, CancellationToken ct) => Wait.UntilAsync(
        Bounds.Rejoin,
        $"{space}/{pod} to be evicted",
        async token =>
        {
            try
            {
                await client.CoreV1.CreateNamespacedPodEvictionAsync(
                    new V1Eviction { Metadata = new V1ObjectMeta { Name = pod, NamespaceProperty = space } }, pod, space, cancellationToken: token);
                return ("evicted", "");
            }
            catch (Exception e) when (ApiErrors.IsNotFound(e))
            {
                return ("gone", "");
            }
            catch (Exception e) when (ApiErrors.IsOfApi(e, token))
            {
                return ((string?)null, ApiErrors.Text(e));
            }
        },
        TimeSpan.FromMilliseconds(500),
        ct);

    private Task<V1Node> SetUnschedulableAsync(string node, bool unschedulable, CancellationToken ct) => client.CoreV1.PatchNodeAsync(
        new V1Patch(new { spec = new { unschedulable } }, V1Patch.PatchType.MergePatch), node, cancellationToken: ct);

    private INodeControl Require() => control ?? throw new LabException($"fault refused: {WhyNot}");
}

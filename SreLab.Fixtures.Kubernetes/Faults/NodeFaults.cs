using k8s;
using k8s.Models;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>Drains and loses nodes; only those that the lab made. A node that was drained carries a mark, and only a marked one is opened again.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Namespace of the database.</param>
/// <param name="control">The nodes' machines; null where they are somebody else's.</param>
internal sealed class NodeFaults(IKubernetes client, string space, INodeControl? control)
{
    /// <summary>On a node that a lab drained: the namespace of its database.</summary>
    public const string Drained = "srelab.io/drained-by";

    private const string ControlPlane = "node-role.kubernetes.io/control-plane";

    private string? _lost;

    /// <summary>Why nodes may not be broken here; null when they may.</summary>
    public string? WhyNot => control is null ? "the cluster's nodes are its owner's; drain or lose one with TARGET=k3s" : null;

    /// <summary>On which node a member runs.</summary>
    public async Task<string> OfAsync(Member member, CancellationToken ct)
    {
        try
        {
            var pod = await client.CoreV1.ReadNamespacedPodAsync(member.Name, space, cancellationToken: ct);
            return pod.Spec.NodeName ?? throw new LabException($"{space}/{member.Name} is on no node.\n  look         kubectl --namespace {space} get pods -o wide");
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"the node of {space}/{member.Name} could not be read", e);
        }
    }

    /// <summary>Loses the machine of a node.</summary>
    /// <returns>What was stopped, for the evidence.</returns>
    /// <exception cref="LabException">The node is somebody else's, or has the control plane.</exception>
    public async Task<string> LoseAsync(string node, CancellationToken ct)
    {
        var machines = Require();
        if (await HasControlPlaneAsync(node, ct))
        {
            throw new LabException($"fault refused: the control plane is on node {node}; without it nobody could fail over.\n  fix          hand the primary's role to an instance on another node");
        }

        // Before the call: when it fails half-way, the machine may be gone already.
        _lost = node;
        return await machines.StopAsync(node, ct);
    }

    /// <summary>Whether the cluster's own control plane is on a node.</summary>
    public async Task<bool> HasControlPlaneAsync(string node, CancellationToken ct)
    {
        try
        {
            return (await client.CoreV1.ReadNodeAsync(node, cancellationToken: ct)).Metadata.Labels?.ContainsKey(ControlPlane) == true;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"node {node} could not be read", e);
        }
    }

    /// <summary>Brings back what was lost, and opens what was drained; nothing happens when nothing was.</summary>
    public async Task ReturnAsync(CancellationToken ct)
    {
        if (_lost is { } node)
        {
            await Require().StartAsync(node, ct);
            _lost = null;
        }

        await OpenAsync(ct);
    }

    /// <summary>Lets nothing new onto a node, and asks every instance of the database on it to go, as its disruption budget allows.</summary>
    /// <returns>What was asked to go.</returns>
    /// <exception cref="LabException">The node is somebody else's, or closed already.</exception>
    public async Task<IReadOnlyList<string>> DrainAsync(string node, CancellationToken ct)
    {
        Require();
        try
        {
            if ((await client.CoreV1.ReadNodeAsync(node, cancellationToken: ct)).Spec?.Unschedulable == true)
            {
                throw new LabException($"fault refused: node {node} is closed already, and the suite would open it afterwards.\n  fix          kubectl uncordon {node}");
            }

            await CloseAsync(node, true, ct);
            var pods = await client.CoreV1.ListNamespacedPodAsync(space, fieldSelector: $"spec.nodeName={node}", labelSelector: DatabaseCluster.NameLabel, cancellationToken: ct);
            foreach (var pod in pods.Items)
            {
                await EvictAsync(pod.Metadata.Name, ct);
            }

            return [.. pods.Items.Select(p => p.Metadata.Name)];
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"node {node} could not be drained", e);
        }
    }

    /// <summary>Lets pods onto every node again that carries this lab's mark.</summary>
    /// <returns>Their names.</returns>
    public async Task<IReadOnlyList<string>> OpenAsync(CancellationToken ct)
    {
        try
        {
            var nodes = await client.CoreV1.ListNodeAsync(cancellationToken: ct);
            var closed = nodes.Items.Where(n => n.Metadata.Annotations?.TryGetValue(Drained, out var by) == true && by == space).Select(n => n.Metadata.Name).ToList();
            foreach (var node in closed)
            {
                await CloseAsync(node, false, ct);
            }

            return closed;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal("the nodes that were drained could not be opened again", e);
        }
    }

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

    private Task<V1Node> CloseAsync(string node, bool isClosed, CancellationToken ct) => client.CoreV1.PatchNodeAsync(
        new V1Patch(
            new
            {
                metadata = new { annotations = new Dictionary<string, string?> { [Drained] = isClosed ? space : null } },
                spec = new { unschedulable = isClosed },
            },
            V1Patch.PatchType.MergePatch),
        node,
        cancellationToken: ct);

    private INodeControl Require() => control ?? throw new LabException($"fault refused: {WhyNot}");
}

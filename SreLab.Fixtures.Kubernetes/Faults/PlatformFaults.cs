using k8s;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>What can be done to Kubernetes under a database.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Namespace of the database.</param>
/// <param name="nodes">Nodes of the lab's own; null where there are none.</param>
/// <param name="whyNoPolicies">Measures whether the network enforces policies; null when it does.</param>
internal sealed class PlatformFaults(IKubernetes client, string space, INodeControl? nodes, Func<CancellationToken, Task<string?>> whyNoPolicies) : ILabPlatformFaults
{
    private readonly ContainerFaults _containers = new(client, space);
    private readonly NetworkCut _network = new(client, space);
    private readonly NodeFaults _nodes = new(client, space, nodes);
    private readonly MemorySize _size = new(client, space);

    /// <inheritdoc />
    public async Task<string?> WhyNotAsync(Capability needed, CancellationToken ct) => needed switch
    {
        Capability.NetworkPolicies => await whyNoPolicies(ct),
        Capability.OwnNodes => _nodes.WhyNot,
        _ => null,
    };

    /// <inheritdoc />
    public Task<string> KillContainerAsync(Member member, CancellationToken ct) => _containers.KillAsync(member, ct);

    /// <inheritdoc />
    public Task<ContainerLife> LifeAsync(Member member, CancellationToken ct) => _containers.LifeAsync(member, ct);

    /// <inheritdoc />
    public Task<string> CutAsync(Member member, CancellationToken ct) => _network.CutAsync(member, ct);

    /// <inheritdoc />
    public Task<bool> PassesAsync(Member from, Member to, CancellationToken ct) => _containers.PassesAsync(from, to, ct);

    /// <inheritdoc />
    public Task MendAsync(CancellationToken ct) => _network.MendAsync(ct);

    /// <inheritdoc />
    public async Task<string> DrainNodeAsync(Member member, CancellationToken ct)
    {
        var node = await _nodes.OfAsync(member, ct);
        return $"node {node} drained: {string.Join(", ", await _nodes.DrainAsync(node, ct))} asked to go";
    }

    /// <inheritdoc />
    public async Task<bool> IsBesideControlPlaneAsync(Member member, CancellationToken ct) => await _nodes.HasControlPlaneAsync(await _nodes.OfAsync(member, ct), ct);

    /// <inheritdoc />
    public async Task<string> LoseNodeAsync(Member member, CancellationToken ct) => await _nodes.LoseAsync(await _nodes.OfAsync(member, ct), ct);

    /// <inheritdoc />
    public Task ReturnNodeAsync(CancellationToken ct) => _nodes.ReturnAsync(ct);

    /// <inheritdoc />
    public Task<string> ResizeAsync(CancellationToken ct) => _size.ChangeAsync(ct);

    /// <inheritdoc />
    public async Task PutSizeBackAsync(CancellationToken ct)
    {
        foreach (var (cluster, memory) in await _size.PutBackAsync(ct))
        {
            await _size.WaitUntilAllHaveAsync(cluster, memory, ct);
        }
    }
}

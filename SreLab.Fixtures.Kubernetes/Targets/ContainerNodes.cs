using SreLab.Fixtures.Kubernetes.Faults;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>Nodes that are containers of the lab's own: losing one is killing its container.</summary>
/// <param name="containers">The lab's containers.</param>
internal sealed class ContainerNodes(K3sContainers containers) : INodeControl
{
    /// <inheritdoc />
    public async Task<string> StopAsync(string node, CancellationToken ct) => $"SIGKILL to container {await containers.KillAsync(node, ct)} of node {node}";

    /// <inheritdoc />
    public Task StartAsync(string node, CancellationToken ct) => containers.StartAsync(node, ct);
}

using System.Net;
using k8s;
using SreLab.Fixtures.Kubernetes.Api;

namespace SreLab.Fixtures.Kubernetes.Forwards;

/// <summary>A port of whichever pod serves it now, on a loopback address: Prometheus, Alertmanager, Grafana.</summary>
internal sealed class PodPortForward : IAsyncDisposable
{
    private readonly LoopbackListener _listener;

    /// <summary>Starts to forward.</summary>
    /// <param name="address">Loopback address.</param>
    /// <param name="client">The cluster.</param>
    /// <param name="space">Namespace.</param>
    /// <param name="labels">Selector of the pods.</param>
    /// <param name="port">Port in the pod.</param>
    public PodPortForward(IPAddress address, IKubernetes client, string space, string labels, int port)
    {
        _listener = new LoopbackListener(address, async ct => await PodTunnel.OpenAsync(client, space, await PodAsync(client, space, labels, ct), port, ct));
        _listener.Listen();
    }

    /// <summary>Port on the loopback address.</summary>
    public int Port => _listener.Port;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private static async Task<string> PodAsync(IKubernetes client, string space, string labels, CancellationToken ct)
    {
        var pods = await client.CoreV1.ListNamespacedPodAsync(space, labelSelector: labels, cancellationToken: ct);
        return pods.Items.FirstOrDefault(p => p.Status?.Phase == "Running")?.Metadata.Name
            ?? throw new IOException($"no pod of {labels} runs in {space}");
    }
}

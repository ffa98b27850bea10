using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>Where clients outside of the cluster reach a service: its load balancer's address, or a node's port where the cluster has no load balancer.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="services">Services of the database's namespace.</param>
internal sealed class Entrance(IKubernetes client, ObjectWatch<V1Service> services)
{
    /// <summary>The address of a service.</summary>
    /// <exception cref="LabException">There is no such service, or no way to it.</exception>
    public async Task<HostPort> OfAsync(string name, CancellationToken ct)
    {
        try
        {
            return await services.WaitAsync(Bounds.LoadBalancerAddress, $"an address of service {name}", all => Balanced(all.FirstOrDefault(s => s.Metadata.Name == name), name), ct);
        }
        catch (LabException) when (services.Find(name) is { } service && NodePortOf(service) > 0)
        {
            var nodes = await client.CoreV1.ListNodeAsync(cancellationToken: ct);
            return OnNode(nodes.Items, NodePortOf(service)) ?? throw new LabException($"service {name} has no address, and no ready node has one.\n  look         kubectl get nodes -o wide");
        }
    }

    /// <summary>What the load balancer gave.</summary>
    internal static (HostPort? Value, string Seen) Balanced(V1Service? service, string name)
    {
        var ingress = service?.Status?.LoadBalancer?.Ingress?.FirstOrDefault();
        var port = service?.Spec.Ports?.FirstOrDefault()?.Port ?? 0;
        return (ingress?.Ip ?? ingress?.Hostname) is { Length: > 0 } host && port > 0
            ? (new HostPort(host, port), "")
            : (null, service is null ? $"no service {name}" : "no address: does the cluster have a load balancer?");
    }

    /// <summary>The port on the first node that is ready.</summary>
    internal static HostPort? OnNode(IEnumerable<V1Node> nodes, int port) => nodes
        .Where(n => n.Status?.Conditions?.Any(c => c.Type == "Ready" && c.Status == "True") == true)
        .Select(n => n.Status.Addresses?.FirstOrDefault(a => a.Type == "InternalIP")?.Address)
        .OfType<string>()
        .Select(address => new HostPort(address, port))
        .FirstOrDefault();

    private static int NodePortOf(V1Service service) => service.Spec.Ports?.FirstOrDefault()?.NodePort ?? 0;
}

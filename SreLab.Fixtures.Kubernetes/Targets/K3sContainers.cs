using System.Security.Cryptography;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Kubernetes;
using Testcontainers.K3s;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>Containers, network and volumes of a K3s lab. They outlive this process, and only those that carry the lab's label are ever touched.</summary>
/// <param name="prefix">Which lab.</param>
/// <param name="image">Image of K3s.</param>
internal sealed class K3sContainers(string prefix, string image)
{
    /// <summary>Docker's word.</summary>
    public const string Running = "running";

    /// <summary>A server and two agents.</summary>
    public const int Nodes = 3;

    private const string NodeLabel = "srelab.io/node";

    /// <summary>Which lab.</summary>
    public string Prefix => prefix;

    private string NetworkName => $"srelab-{prefix}";

    private string ServerName => $"srelab-{prefix}-server";

    private IDictionary<string, IDictionary<string, bool>> OfThisLab => new Dictionary<string, IDictionary<string, bool>>
    {
        ["label"] = new Dictionary<string, bool> { [$"{KubernetesTargets.LabLabel}={prefix}"] = true },
    };

    /// <summary>Containers that are there, the server first.</summary>
    public async Task<IReadOnlyList<NodeContainer>> FindAsync(CancellationToken ct)
    {
        using var docker = Connect();
        var found = await docker.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = OfThisLab }, ct);
        return
        [
            .. found.Select(c => new NodeContainer(c.ID, c.Labels.TryGetValue(NodeLabel, out var node) ? node : c.ID[..12], c.State.ToString().ToLowerInvariant()))
                .OrderByDescending(c => c.IsServer).ThenBy(c => c.Node, StringComparer.Ordinal),
        ];
    }

    /// <summary>Makes or starts what is missing.</summary>
    /// <param name="kubeconfig">Where the login is written, for its owner alone.</param>
    /// <param name="progress">Told of every change of state.</param>
    /// <param name="ct">Cancels the work.</param>
    public async Task UpAsync(string kubeconfig, IProgressLog progress, CancellationToken ct)
    {
        var found = await FindAsync(ct);
        if (found.Count == Nodes && File.Exists(kubeconfig))
        {
            foreach (var stopped in found.Where(c => c.State != Running))
            {
                progress.Say($"starting node {stopped.Node}");
                await StartAsync(stopped.Node, ct);
            }

            return;
        }

        if (found.Count > 0)
        {
            progress.Say("a bring-up was interrupted; clearing its containers away to start over");
            await DownAsync(progress, ct);
        }

        // The lab outlives this process: nobody may clean up after it.
        TestcontainersSettings.ResourceReaperEnabled = false;
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        progress.Say($"network {NetworkName}");
        var network = new NetworkBuilder().WithName(NetworkName).WithLabel(KubernetesTargets.LabLabel, prefix).WithCleanUp(false).Build();
        await network.CreateAsync(ct);
        progress.Say($"K3s server from {image}");
        var server = new K3sBuilder(image)
            .WithName(ServerName)
            .WithHostname(ServerName)
            .WithNetwork(network)
            .WithLabel(KubernetesTargets.LabLabel, prefix)
            .WithLabel(NodeLabel, ServerName)
            .WithEnvironment("K3S_TOKEN", token)
            .WithCommand("--disable=servicelb", $"--node-name={ServerName}")
            .WithCleanUp(false)
            .Build();
        await server.StartAsync(ct);
        await WriteSecretAsync(kubeconfig, await server.GetKubeconfigAsync(), ct);
        for (var agent = 1; agent < Nodes; agent++)
        {
            var name = FormattableString.Invariant($"srelab-{prefix}-agent-{agent}");
            progress.Say($"K3s agent {name}");
            await new ContainerBuilder(image)
                .WithName(name)
                .WithHostname(name)
                .WithNetwork(network)
                .WithLabel(KubernetesTargets.LabLabel, prefix)
                .WithLabel(NodeLabel, name)
                .WithPrivileged(true)
                .WithTmpfsMount("/run")
                .WithTmpfsMount("/var/run")
                .WithBindMount("/sys/fs/cgroup", "/sys/fs/cgroup", AccessMode.ReadWrite)
                .WithCreateParameterModifier(p => p.HostConfig!.CgroupnsMode = "host")
                .WithEnvironment("K3S_URL", $"https://{ServerName}:{K3sBuilder.KubeSecurePort}")
                .WithEnvironment("K3S_TOKEN", token)
                .WithCommand("agent", $"--node-name={name}")
                .WithCleanUp(false)
                .Build()
                .StartAsync(ct);
        }
    }

    /// <summary>Kills the container of a node.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> KillAsync(string node, CancellationToken ct)
    {
        var container = await OfNodeAsync(node, ct);
        using var docker = Connect();
        await docker.Containers.KillContainerAsync(container.Id, new ContainerKillParameters { Signal = "SIGKILL" }, ct);
        return container.Id[..12];
    }

    /// <summary>Starts the container of a node.</summary>
    public async Task StartAsync(string node, CancellationToken ct)
    {
        var container = await OfNodeAsync(node, ct);
        using var docker = Connect();
        await docker.Containers.StartContainerAsync(container.Id, null, ct);
    }

    /// <summary>Addresses of the lab's network.</summary>
    public async Task<LabSubnet> NetworkAsync(CancellationToken ct)
    {
        using var docker = Connect();
        var networks = await docker.Networks.ListNetworksAsync(new NetworksListParameters { Filters = OfThisLab }, ct);
        return networks.SelectMany(n => n.IPAM?.Config ?? []).Select(c => c.Subnet).FirstOrDefault(s => s is not null && !s.Contains(':', StringComparison.Ordinal)) is { } subnet
            ? LabSubnet.Of(subnet)
            : throw new LabException($"the network {NetworkName} has no subnet of IPv4.\n  fix          make down TARGET=k3s, then repeat");
    }

    /// <summary>Removes containers with their volumes, and the network.</summary>
    /// <returns>How many containers were removed, and what is left.</returns>
    public async Task<(int Removed, IReadOnlyList<string> Left)> DownAsync(IProgressLog progress, CancellationToken ct)
    {
        var found = await FindAsync(ct);
        using var docker = Connect();
        foreach (var container in found)
        {
            progress.Say($"removing node {container.Node}");
            await docker.Containers.RemoveContainerAsync(container.Id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, ct);
        }

        foreach (var network in await docker.Networks.ListNetworksAsync(new NetworksListParameters { Filters = OfThisLab }, ct))
        {
            await docker.Networks.DeleteNetworkAsync(network.ID, ct);
        }

        var containers = await FindAsync(ct);
        var networks = await docker.Networks.ListNetworksAsync(new NetworksListParameters { Filters = OfThisLab }, ct);
        var volumes = await docker.Volumes.ListAsync(new VolumesListParameters { Filters = OfThisLab }, ct);
        return (found.Count, [
            .. containers.Select(c => $"container {c.Node}"),
            .. networks.Select(n => $"network {n.Name}"),
            .. (volumes.Volumes ?? []).Select(v => $"volume {v.Name}"),
        ]);
    }

    private async Task<NodeContainer> OfNodeAsync(string node, CancellationToken ct) =>
        (await FindAsync(ct)).FirstOrDefault(c => c.Node == node)
            ?? throw new LabException($"node {node} is no container of the lab {prefix}; nothing was touched.\n  look         docker ps --all --filter label={KubernetesTargets.LabLabel}={prefix}");

    private static DockerClient Connect() => TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder().Build();

    private static async Task WriteSecretAsync(string path, string text, CancellationToken ct)
    {
        File.Delete(path);
        await using var writer = new StreamWriter(
            path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        await writer.WriteAsync(text.AsMemory(), ct);
    }
}

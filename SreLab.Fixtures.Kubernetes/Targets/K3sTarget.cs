using System.Text.Json.Nodes;
using k8s;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>K3s in containers of this machine: a server and two agents, so that a node can be lost, and the platform on them.</summary>
internal sealed class K3sTarget : ITarget
{
    private readonly KubernetesHome _home;
    private readonly K3sContainers _containers;
    private readonly Platform _platform;

    /// <summary>Makes the target; nothing is asked yet.</summary>
    public K3sTarget(LabSettings settings)
    {
        _home = new KubernetesHome(settings);
        _containers = new K3sContainers(settings.Kubernetes.Prefix, settings.Kubernetes.K3sImage);
        _platform = new Platform(settings, _home, _home.Kubeconfig, null) { Nodes = new ContainerNodes(_containers) };
    }

    /// <inheritdoc />
    public string Name => KubernetesTargets.K3s;

    /// <inheritdoc />
    public async Task<IReadOnlyList<Requirement>> CheckAsync(CancellationToken ct)
    {
        var found = await _containers.FindAsync(ct);
        return [new Requirement("K3s", true, found.Count == 0 ? "not up" : string.Join(", ", found.Select(c => $"{c.Node} {c.State}")), "")];
    }

    /// <inheritdoc />
    public async Task<UpResult> UpAsync(IProgressLog progress, CancellationToken ct)
    {
        var isOurs = _home.Exists();
        var found = await _containers.FindAsync(ct);
        if (found.Count > 0 && !isOurs)
        {
            throw new LabException(
                $"bring-up refused: containers of a K3s lab {_containers.Prefix} are there, and {_home.Root} is not: nobody knows its login any more; nothing was touched.\n" +
                "  fix          make down TARGET=k3s, then repeat");
        }

        if (found.Count is > 0 and < K3sContainers.Nodes && isOurs && _home.Terraform.HasState())
        {
            throw new LabException(
                $"bring-up refused: {K3sContainers.Nodes - found.Count} of {K3sContainers.Nodes} containers of the K3s lab {_containers.Prefix} are gone, and a database was on them; nothing was touched.\n" +
                $"  there are    {string.Join(", ", found.Select(c => $"{c.Node} {c.State}"))}\n  fix          make down TARGET=k3s (removes the lab with its data), then repeat");
        }

        using (_home.Lock())
        {
            _home.Create();
            await _containers.UpAsync(_home.Kubeconfig, progress, ct);
        }

        return await _platform.UpAsync(VariablesAsync, progress, ct);
    }

    /// <inheritdoc />
    public async Task<ILab?> AttachAsync(CancellationToken ct) =>
        _home.Exists() && File.Exists(_home.Kubeconfig) && (await _containers.FindAsync(ct)).Any(c => c.IsServer && c.State == K3sContainers.Running)
            ? await _platform.AttachAsync(ct)
            : null;

    /// <inheritdoc />
    /// <remarks>Everything in the cluster goes with its containers: there is nothing to destroy first.</remarks>
    public async Task<DownResult> DownAsync(IProgressLog progress, CancellationToken ct)
    {
        await _platform.CloseAsync();
        var wasThere = _home.Exists();
        using var held = wasThere ? _home.Lock() : null;
        var (removed, left) = await _containers.DownAsync(progress, ct);
        if (left.Count > 0)
        {
            throw new LabException(
                $"the lab {_containers.Prefix} is not down: {left.Count} objects of Docker are left; its folder is kept.\n  left         {string.Join(", ", left)}\n  repeat       make down TARGET=k3s");
        }

        _home.Remove();
        return new DownResult(wasThere || removed > 0, removed, [], [], Directory.Exists(_home.Root) ? [_home.Root] : []);
    }

    private async Task<JsonObject> VariablesAsync(IKubernetes client, CancellationToken ct)
    {
        var network = await _containers.NetworkAsync(ct);
        return new JsonObject
        {
            ["kubeconfig"] = _home.Kubeconfig,
            ["prefix"] = _containers.Prefix,
            ["load_balancer_addresses"] = new JsonArray(network.BalancerRange),

            // Balanced connections come from the Docker network, or from the nodes' own addresses in their pod networks.
            ["client_cidrs"] = new JsonArray([network.Subnet, .. Enumerable.Range(0, K3sContainers.Nodes).Select(n => JsonValue.Create(FormattableString.Invariant($"10.42.{n}.0/31")))]),
            ["workloads"] = new JsonObject { ["enabled"] = false },
        };
    }
}

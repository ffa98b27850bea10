using System.Text.Json.Nodes;
using k8s;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>Somebody's cluster: the lab lives in namespaces of its own, and takes none that it did not make.</summary>
internal sealed class ExistingTarget : ITarget
{
    private const int LeastNodes = 3;
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";

    private readonly LabSettings _settings;
    private readonly string _kubeconfig;
    private readonly Platform _platform;

    /// <summary>Makes the target; nothing is asked yet.</summary>
    public ExistingTarget(LabSettings settings)
    {
        _settings = settings;
        _kubeconfig = Kubeconfig.PathOf(settings.Kubernetes.Kubeconfig);
        _platform = new Platform(settings, new KubernetesHome(settings), _kubeconfig, settings.Kubernetes.Context);
    }

    /// <inheritdoc />
    public string Name => KubernetesTargets.Existing;

    /// <inheritdoc />
    public async Task<IReadOnlyList<Requirement>> CheckAsync(CancellationToken ct)
    {
        using var client = ClusterClient.Create(_kubeconfig, _settings.Kubernetes.Context);
        try
        {
            var version = await client.Version.GetCodeAsync(ct);
            var nodes = await client.CoreV1.ListNodeAsync(cancellationToken: ct);
            var ready = nodes.Items.Count(n => n.Status?.Conditions?.Any(c => c.Type == "Ready" && c.Status == "True") == true);
            return
            [
                Met("Kubernetes", version.GitVersion),
                ready >= LeastNodes
                    ? Met("nodes", FormattableString.Invariant($"{ready} ready"))
                    : new Requirement(
                        "nodes",
                        _settings.Kubernetes.Variables.Length > 0,
                        FormattableString.Invariant($"{ready} ready; each of three instances wants a node of its own"),
                        $"add nodes, or allow fewer in {SettingNames.Variables}: anti_affinity = \"preferred\""),
                await NamespacesAsync(client, ct),
            ];
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            return [new Requirement("cluster", false, ApiErrors.Text(e), $"check the login of context {_settings.Kubernetes.Context}")];
        }
    }

    /// <inheritdoc />
    public Task<UpResult> UpAsync(IProgressLog progress, CancellationToken ct) => _platform.UpAsync(VariablesAsync, progress, ct);

    /// <inheritdoc />
    public Task<ILab?> AttachAsync(CancellationToken ct) => _platform.AttachAsync(ct);

    /// <inheritdoc />
    public Task<DownResult> DownAsync(IProgressLog progress, CancellationToken ct) => _platform.DownAsync(progress, ct);

    /// <summary>Variables of the environment: the user's own file says the rest, and counts more.</summary>
    private async Task<JsonObject> VariablesAsync(IKubernetes client, CancellationToken ct)
    {
        var variables = new JsonObject
        {
            ["kubeconfig"] = _kubeconfig,
            ["context"] = _settings.Kubernetes.Context,
            ["prefix"] = _settings.Kubernetes.Prefix,
            ["workloads"] = new JsonObject { ["enabled"] = false },
        };
        var classes = await client.StorageV1.ListStorageClassAsync(cancellationToken: ct);
        if (classes.Items.FirstOrDefault(c => c.Metadata.Annotations?.TryGetValue(DefaultClass, out var isDefault) == true && isDefault == "true") is { } storage)
        {
            variables["storage"] = new JsonObject { ["name"] = storage.Metadata.Name };
        }
        else if (_settings.Kubernetes.Variables.Length == 0)
        {
            throw new LabException(
                "bring-up refused: the cluster has no default storage class; nothing was touched.\n" +
                $"  fix          name one in a file: {SettingNames.Variables}=lab.tfvars with storage = {{ name = \"CLASS\" }}");
        }

        return variables;
    }

    private async Task<Requirement> NamespacesAsync(IKubernetes client, CancellationToken ct)
    {
        var spaces = new LabSpaces(_settings.Kubernetes.Prefix);
        var found = await spaces.ReadAsync(client, ct);
        try
        {
            spaces.RequireOurs(found, _settings.Kubernetes.Adopt);
            return Met("namespaces", found.Count == 0 ? $"{_settings.Kubernetes.Prefix}-* are free" : $"{string.Join(", ", found.Select(n => n.Metadata.Name))} of this lab");
        }
        catch (LabException e)
        {
            var lines = e.Message.Split('\n');
            return new Requirement("namespaces", false, lines[0], lines[^1].Replace("fix", "", StringComparison.Ordinal).Trim());
        }
    }

    private static Requirement Met(string name, string found) => new(name, true, found, "");
}

using System.Net.Sockets;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Targets.Kubernetes;

/// <summary>What must hold before a cluster is asked for anything. It only looks, and needs no package of the Kubernetes targets.</summary>
internal static class KubernetesPreflight
{
    // A server that is there answers in milliseconds; a firewall that swallows packets never does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether the place for the lab can be reached: the Docker engine, or the cluster.</summary>
    public static async Task<IReadOnlyList<Requirement>> AccessAsync(LabSettings settings, CancellationToken ct) =>
        settings.Target == KubernetesTargets.K3s ? [Docker(DockerEngine.Ask())] : await ClusterAsync(settings.Kubernetes, ct);

    /// <summary>Programs that a bring-up runs.</summary>
    public static IReadOnlyList<Requirement> Programs() =>
    [
        InstalledPrograms.Find("terraform") is { } terraform ? Met("terraform", terraform)
            : InstalledPrograms.Find("tofu") is { } tofu ? Met("terraform", tofu)
            : new Requirement("terraform", false, "neither terraform nor tofu found on PATH", "install Terraform 1.6 or OpenTofu 1.6, or later"),
        InstalledPrograms.Find("kubectl") is { } kubectl ? Met("kubectl", kubectl) : new Requirement("kubectl", false, "not found on PATH", "install kubectl"),
        InstalledPrograms.Find("pgbench") is { } pgbench ? Met("pgbench", pgbench) : new Requirement("pgbench", false, "not found (Debian package postgresql-contrib)", "scripts/install-deps"),
    ];

    /// <summary>What an answer of the engine means.</summary>
    public static Requirement Docker(DockerAnswer docker) => docker.Answers
        ? Met("Docker engine", $"{docker.Address}, {docker.Detail}")
        : new Requirement(
            "Docker engine",
            false,
            $"no answer on {docker.Address}: {docker.Detail}",
            $"start Docker, or name its address in {DockerEngine.HostVariable}; without Docker: make lab TARGET=local");

    private static async Task<IReadOnlyList<Requirement>> ClusterAsync(KubernetesSettings settings, CancellationToken ct)
    {
        var path = Kubeconfig.PathOf(settings.Kubeconfig);
        var (kubeconfig, problem) = Kubeconfig.Read(path);
        if (kubeconfig is null)
        {
            return [new Requirement("kubeconfig", false, problem, $"name the file of your cluster: {SettingNames.Kubeconfig}=PATH; without a cluster: make lab TARGET=local")];
        }

        if (!kubeconfig.Servers.TryGetValue(settings.Context, out var server) || server is null)
        {
            var known = string.Join(", ", kubeconfig.Servers.Where(s => s.Value is not null).Select(s => s.Key).Order(StringComparer.Ordinal));
            return
            [
                Met("kubeconfig", path),
                new Requirement(
                    "context",
                    false,
                    server is null && kubeconfig.Servers.ContainsKey(settings.Context) ? $"{settings.Context} names a cluster that {path} does not have" : $"{path} has no context '{settings.Context}'",
                    $"name one that it has in {SettingNames.Context}: {(known.Length == 0 ? "there is none" : known)}"),
            ];
        }

        return [Met("kubeconfig", path), await ServerAsync(settings.Context, server, ct)];
    }

    private static async Task<Requirement> ServerAsync(string context, Uri server, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, limit.Token);
            return Met("cluster", $"{server.Authority} of context {context}");
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new Requirement(
                "cluster",
                false,
                $"{server.Authority} of context {context} cannot be reached: {(e is SocketException ? e.Message : FormattableString.Invariant($"no answer within {Patience.TotalSeconds:0} s"))}",
                $"start the cluster, or name another in {SettingNames.Context}");
        }
    }

    private static Requirement Met(string name, string found) => new(name, true, found, "");
}

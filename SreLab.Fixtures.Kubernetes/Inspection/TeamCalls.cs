using k8s;
using k8s.Models;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Where a team's requests go.</summary>
/// <param name="Client">With the team's token alone.</param>
/// <param name="Own">Its namespace.</param>
/// <param name="Other">The other team's.</param>
/// <param name="Database">That of the database.</param>
/// <param name="Cluster">Name of the database's cluster.</param>
/// <param name="Pod">A pod of its own that runs; null when none does.</param>
internal sealed record TeamScene(IKubernetes Client, string Own, string Other, string Database, string Cluster, string? Pod);

/// <summary>Something that is asked without doing it.</summary>
internal sealed record TeamQuestion(bool IsOwn, string Verb, string Group, string Resource, string Subresource, string Space)
{
    /// <summary>As a clause.</summary>
    public string Describe() => $"{Verb} {Resource}{(Subresource.Length > 0 ? "/" + Subresource : "")}{(Space.Length > 0 ? $" in {Space}" : "")}";
}

/// <summary>What a team's account needs for its service, and what it must not have.</summary>
internal static class TeamCalls
{
    private const string DryRun = "All";
    private const string Rbac = "rbac.authorization.k8s.io";

    /// <summary>Requests with their outcome.</summary>
    public static IEnumerable<(string What, bool IsOwn, Func<CancellationToken, Task> Call)> Of(TeamScene s)
    {
        yield return ($"list pods in {s.Own}", true, ct => s.Client.CoreV1.ListNamespacedPodAsync(s.Own, cancellationToken: ct));
        if (s.Pod is { } pod)
        {
            yield return ($"read the log of a pod in {s.Own}", true, async ct => await (await s.Client.CoreV1.ReadNamespacedPodLogAsync(pod, s.Own, container: "service", tailLines: 1, cancellationToken: ct)).DisposeAsync());
            yield return ($"delete a pod in {s.Own}", true, ct => s.Client.CoreV1.DeleteNamespacedPodAsync(pod, s.Own, dryRun: DryRun, cancellationToken: ct));
        }

        yield return ($"restart deployments in {s.Own}", true, ct => RestartAsync(s, ct));
        yield return ($"list secrets in {s.Own}", false, ct => s.Client.CoreV1.ListNamespacedSecretAsync(s.Own, cancellationToken: ct));
        yield return ($"create a pod in {s.Own}", false, ct => s.Client.CoreV1.CreateNamespacedPodAsync(TrialPod.Make("team", new Dictionary<string, string>(), "srelab.invalid/trial", "true"), s.Own, dryRun: DryRun, cancellationToken: ct));
        yield return ($"remove the default policy of {s.Own}", false, ct => s.Client.NetworkingV1.DeleteNamespacedNetworkPolicyAsync("default-deny", s.Own, dryRun: DryRun, cancellationToken: ct));
        yield return ($"give itself more rights in {s.Own}", false, ct => s.Client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(MoreRights(s.Own), s.Own, dryRun: DryRun, cancellationToken: ct));
        yield return ($"list pods in {s.Other}", false, ct => s.Client.CoreV1.ListNamespacedPodAsync(s.Other, cancellationToken: ct));
        yield return ($"list pods in {s.Database}", false, ct => s.Client.CoreV1.ListNamespacedPodAsync(s.Database, cancellationToken: ct));
        yield return ("read the superuser's secret", false, ct => s.Client.CoreV1.ReadNamespacedSecretAsync($"{s.Cluster}-superuser", s.Database, cancellationToken: ct));
        yield return ("list nodes", false, ct => s.Client.CoreV1.ListNodeAsync(cancellationToken: ct));
    }

    /// <summary>Questions about what cannot be tried without doing it.</summary>
    public static IReadOnlyList<TeamQuestion> Questions(string own, string other, string database) =>
    [
        new(true, "list", "", "services", "", own),
        new(true, "list", "", "events", "", own),
        new(true, "watch", "apps", "deployments", "", own),
        new(true, "update", "apps", "deployments", "scale", own),
        new(true, "get", "autoscaling", "horizontalpodautoscalers", "", own),
        new(false, "create", "", "pods", "exec", own),
        new(false, "create", "", "pods", "portforward", own),
        new(false, "create", "", "serviceaccounts", "token", own),
        new(false, "get", "", "secrets", "", own),
        new(false, "delete", "apps", "deployments", "", own),
        new(false, "patch", "networking.k8s.io", "networkpolicies", "", own),
        new(false, "patch", Rbac, "roles", "", own),
        new(false, "patch", "autoscaling", "horizontalpodautoscalers", "", own),
        new(false, "delete", "policy", "poddisruptionbudgets", "", own),
        new(false, "delete", "", "pods", "", other),
        new(false, "patch", "apps", "deployments", "", other),
        new(false, "get", "", "secrets", "", other),
        new(false, "get", "postgresql.cnpg.io", "clusters", "", database),
        new(false, "create", "", "pods", "exec", database),
        new(false, "impersonate", "", "users", "", ""),
        new(false, "delete", "", "nodes", "", ""),
    ];

    private static async Task RestartAsync(TeamScene s, CancellationToken ct)
    {
        foreach (var deployment in (await s.Client.AppsV1.ListNamespacedDeploymentAsync(s.Own, cancellationToken: ct)).Items)
        {
            var patch = new { spec = new { template = new { metadata = new { annotations = new Dictionary<string, string> { ["srelab.io/trial"] = "dry-run" } } } } };
            await s.Client.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(patch, V1Patch.PatchType.MergePatch), deployment.Metadata.Name, s.Own, dryRun: DryRun, cancellationToken: ct);
        }
    }

    private static V1RoleBinding MoreRights(string space) => new()
    {
        ApiVersion = $"{Rbac}/v1",
        Kind = "RoleBinding",
        Metadata = new V1ObjectMeta { Name = "srelab-trial", NamespaceProperty = space },
        RoleRef = new V1RoleRef { ApiGroup = Rbac, Kind = "ClusterRole", Name = "admin" },
        Subjects = [new Rbacv1Subject { Kind = "ServiceAccount", Name = "default", NamespaceProperty = space }],
    };
}

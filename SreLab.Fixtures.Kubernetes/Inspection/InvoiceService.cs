using System.Globalization;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>The service that is updated and scaled: where it is, and how many pods it may miss.</summary>
internal static class InvoiceService
{
    /// <summary>Name of deployment, service and autoscaler.</summary>
    public const string Name = "invoice-app";

    /// <summary>What its pods are chosen by.</summary>
    public const string Labels = "app.kubernetes.io/name=invoice-app,app.kubernetes.io/part-of=srelab";

    /// <summary>Why there is nothing to judge where it is not deployed.</summary>
    public const string Absent = "invoice-app is not deployed: have its images on the nodes, and workloads = { enabled = true } in Terraform's variables";

    /// <summary>The deployment; null when there is none.</summary>
    public static async Task<V1Deployment?> FindAsync(IKubernetes client, string space, CancellationToken ct) =>
        (await client.AppsV1.ListNamespacedDeploymentAsync(space, cancellationToken: ct)).Items.FirstOrDefault(d => d.Metadata.Name == Name);

    /// <summary>Waits until as many pods as wanted are ready, and no others are there.</summary>
    public static Task<IReadOnlyList<V1Pod>> WholeAsync(ObjectWatch<V1Pod> pods, int wanted, Func<V1Pod, bool> isWanted, Bound bound, CancellationToken ct) => pods.WaitAsync(
        bound,
        string.Create(CultureInfo.InvariantCulture, $"{wanted} pods of {Name} to be ready, and no others to be there"),
        all => all.Count >= wanted && all.All(p => isWanted(p) && PodState.IsReady(p))
            ? (all, "")
            : (null, string.Join(", ", all.Select(p => $"{p.Metadata.Name} {(p.Metadata.DeletionTimestamp is not null ? "ending" : PodState.IsReady(p) ? "ready" : PodState.Describe(p))}"))),
        ct);

    /// <summary>How many pods a rolling update may take away: a number, or a share that is rounded down.</summary>
    internal static int MaxUnavailable(V1Deployment deployment)
    {
        var replicas = deployment.Spec.Replicas ?? 1;
        var value = deployment.Spec.Strategy?.RollingUpdate?.MaxUnavailable?.Value ?? "25%";
        return value.EndsWith('%')
            ? replicas * int.Parse(value[..^1], CultureInfo.InvariantCulture) / 100
            : int.Parse(value, CultureInfo.InvariantCulture);
    }
}

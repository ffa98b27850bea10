using k8s;
using k8s.Models;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>On which nodes and volumes the instances are.</summary>
/// <param name="parts">Where the lab is.</param>
internal sealed class PlacementLook(LabParts parts)
{
    private const string PartOf = "app.kubernetes.io/part-of";
    private const string ClaimRole = "cnpg.io/pvcRole";
    private const string WalRole = "PG_WAL";
    private const int LeastNodes = 3;

    private string Instances => $"{DatabaseCluster.NameLabel}={parts.Cluster}";

    /// <summary>Nodes of the instances.</summary>
    public async Task<PlatformRecord> PlacementAsync(PlatformRecord record, CancellationToken ct)
    {
        var pods = await parts.Client.CoreV1.ListNamespacedPodAsync(parts.Spaces.Database, labelSelector: $"{Instances},{DatabaseCluster.InstanceLabel}", cancellationToken: ct);
        var nodes = await parts.Client.CoreV1.ListNodeAsync(cancellationToken: ct);
        var usable = nodes.Items.Where(IsUsable).Select(n => n.Metadata.Name).Order(StringComparer.Ordinal).ToArray();
        var wanted = parts.Clusters.Find(parts.Cluster)?.Spec.Instances ?? 0;
        record = record with
        {
            Placement = new PlacementRecord(
                wanted,
                [.. pods.Items.Where(p => IsInstance(p.Metadata.Name)).OrderBy(p => p.Metadata.Name, StringComparer.Ordinal).Select(p => new InstancePlace(p.Metadata.Name, p.Spec.NodeName ?? "", PodState.IsReady(p)))],
                usable),
        };
        return usable.Length >= LeastNodes
            ? record
            : record.Without(PlatformParts.Placement, FormattableString.Invariant($"{usable.Length} of {nodes.Items.Count} nodes take pods, so instances must share one; add nodes until {LeastNodes} do"));
    }

    /// <summary>Volumes of the instances.</summary>
    public async Task<PlatformRecord> VolumesAsync(PlatformRecord record, CancellationToken ct)
    {
        var claims = await parts.Client.CoreV1.ListNamespacedPersistentVolumeClaimAsync(parts.Spaces.Database, labelSelector: Instances, cancellationToken: ct);
        var volumes = (await parts.Client.CoreV1.ListPersistentVolumeAsync(cancellationToken: ct)).Items.ToDictionary(v => v.Metadata.Name, StringComparer.Ordinal);
        var cluster = parts.Clusters.Find(parts.Cluster);
        var asked = cluster?.Spec.Storage?.StorageClass ?? "";
        return record with
        {
            Volumes = new VolumesRecord(
                asked,
                asked.Length > 0 && await IsOursAsync(asked, ct),
                parts.Settings.Target == KubernetesTargets.K3s,
                [.. MemberPods.InOrder(cluster?.Status.InstanceNames ?? [])],
                [.. claims.Items.OrderBy(c => c.Metadata.Name, StringComparer.Ordinal).Select(c => RecordOf(c, volumes))]),
        };
    }

    private static ClaimRecord RecordOf(V1PersistentVolumeClaim claim, Dictionary<string, V1PersistentVolume> volumes)
    {
        var volume = claim.Spec.VolumeName is { Length: > 0 } name ? volumes.GetValueOrDefault(name) : null;
        return new ClaimRecord(
            claim.Metadata.Name,
            Label(claim.Metadata, DatabaseCluster.InstanceLabel),
            Label(claim.Metadata, ClaimRole) == WalRole ? "wal" : "data",
            claim.Status?.Phase ?? "",
            claim.Spec.StorageClassName ?? "",
            volume?.Metadata.Name ?? "",
            volume?.Status?.Phase ?? "",
            volume?.Spec.PersistentVolumeReclaimPolicy ?? "");
    }

    private async Task<bool> IsOursAsync(string name, CancellationToken ct)
    {
        var storage = await parts.Client.StorageV1.ReadStorageClassAsync(name, cancellationToken: ct);
        return Label(storage.Metadata, PartOf) == "srelab";
    }

    private bool IsInstance(string pod) => parts.Clusters.Find(parts.Cluster)?.Status.InstanceNames.Contains(pod) == true;

    /// <summary>A node that is ready and takes pods.</summary>
    internal static bool IsUsable(V1Node node) =>
        node.Spec.Unschedulable != true
        && node.Status?.Conditions?.Any(c => c.Type == "Ready" && c.Status == "True") == true
        && node.Spec.Taints?.Any(t => t.Effect is "NoSchedule" or "NoExecute") != true;

    private static string Label(V1ObjectMeta meta, string name) => meta.Labels is { } labels && labels.TryGetValue(name, out var value) ? value : "";
}

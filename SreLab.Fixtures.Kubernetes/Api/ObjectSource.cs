using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>How the objects of a watch are listed and followed.</summary>
/// <typeparam name="T">Kind of the objects.</typeparam>
/// <param name="List">All of them, and the version of the list.</param>
/// <param name="Watch">Changes from a version on; told of errors that come as events.</param>
internal sealed record ObjectSource<T>(
    Func<CancellationToken, Task<(IReadOnlyList<T> Items, string Version)>> List,
    Func<string, Action<Exception>, CancellationToken, IAsyncEnumerable<(WatchEventType Type, T Item)>> Watch);

/// <summary>The sources that the suite watches.</summary>
internal static class ObjectSources
{
    // The server ends a watch after a random time of minutes by itself; a bookmark then lets it be taken up without a list.
    private const bool Bookmarks = true;

    /// <summary>Pods of a namespace, by label.</summary>
    public static ObjectSource<V1Pod> Pods(IKubernetes client, string space, string labels) => new(
        async ct =>
        {
            var list = await client.CoreV1.ListNamespacedPodAsync(space, labelSelector: labels, cancellationToken: ct);
            return ([.. list.Items], list.Metadata.ResourceVersion);
        },
        (version, fail, ct) => client.CoreV1.WatchListNamespacedPodAsync(
            space, allowWatchBookmarks: Bookmarks, labelSelector: labels, resourceVersion: version, onError: fail, cancellationToken: ct));

    /// <summary>Events of a namespace.</summary>
    public static ObjectSource<Corev1Event> Events(IKubernetes client, string space) => new(
        async ct =>
        {
            var list = await client.CoreV1.ListNamespacedEventAsync(space, cancellationToken: ct);
            return ([.. list.Items], list.Metadata.ResourceVersion);
        },
        (version, fail, ct) => client.CoreV1.WatchListNamespacedEventAsync(
            space, allowWatchBookmarks: Bookmarks, resourceVersion: version, onError: fail, cancellationToken: ct));

    /// <summary>Nodes of the cluster.</summary>
    public static ObjectSource<V1Node> Nodes(IKubernetes client) => new(
        async ct =>
        {
            var list = await client.CoreV1.ListNodeAsync(cancellationToken: ct);
            return ([.. list.Items], list.Metadata.ResourceVersion);
        },
        (version, fail, ct) => client.CoreV1.WatchListNodeAsync(allowWatchBookmarks: Bookmarks, resourceVersion: version, onError: fail, cancellationToken: ct));

    /// <summary>Services of a namespace.</summary>
    public static ObjectSource<V1Service> Services(IKubernetes client, string space) => new(
        async ct =>
        {
            var list = await client.CoreV1.ListNamespacedServiceAsync(space, cancellationToken: ct);
            return ([.. list.Items], list.Metadata.ResourceVersion);
        },
        (version, fail, ct) => client.CoreV1.WatchListNamespacedServiceAsync(
            space, allowWatchBookmarks: Bookmarks, resourceVersion: version, onError: fail, cancellationToken: ct));

    /// <summary>Autoscalers of a namespace.</summary>
    public static ObjectSource<V2HorizontalPodAutoscaler> Autoscalers(IKubernetes client, string space) => new(
        async ct =>
        {
            var list = await client.AutoscalingV2.ListNamespacedHorizontalPodAutoscalerAsync(space, cancellationToken: ct);
            return ([.. list.Items], list.Metadata.ResourceVersion);
        },
        (version, fail, ct) => client.AutoscalingV2.WatchListNamespacedHorizontalPodAutoscalerAsync(
            space, allowWatchBookmarks: Bookmarks, resourceVersion: version, onError: fail, cancellationToken: ct));

    /// <summary>CloudNativePG's clusters of a namespace, but for those that were restored beside the lab.</summary>
    public static ObjectSource<DatabaseCluster> Clusters(IKubernetes client, string space) => Clusters(client, space, $"!{KubernetesTargets.RestoredLabel}");

    /// <summary>CloudNativePG's clusters of a namespace, by label.</summary>
    public static ObjectSource<DatabaseCluster> Clusters(IKubernetes client, string space, string labels) =>
        Custom<DatabaseCluster>(client, space, DatabaseCluster.Plural, labels);

    /// <summary>CloudNativePG's backups of a namespace.</summary>
    public static ObjectSource<BackupResource> Backups(IKubernetes client, string space) =>
        Custom<BackupResource>(client, space, BackupResource.Plural, null);

    private static ObjectSource<T> Custom<T>(IKubernetes client, string space, string plural, string? labels)
        where T : class => new(
        async ct =>
        {
            var list = await client.CustomObjects.ListNamespacedCustomObjectAsync<ResourceList<T>>(
                DatabaseCluster.Group, DatabaseCluster.Version, space, plural, labelSelector: labels, cancellationToken: ct);
            return ([.. list.Items], list.Metadata.ResourceVersion);
        },
        (version, fail, ct) => FollowAsync<T>(client, space, plural, labels, version, fail, ct));

    private static async IAsyncEnumerable<(WatchEventType, T)> FollowAsync<T>(
        IKubernetes client, string space, string plural, string? labels, string version, Action<Exception> fail, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (type, item) in client.CustomObjects.WatchListNamespacedCustomObjectAsync(
            DatabaseCluster.Group,
            DatabaseCluster.Version,
            space,
            plural,
            allowWatchBookmarks: Bookmarks,
            labelSelector: labels,
            resourceVersion: version,
            onError: fail,
            cancellationToken: ct))
        {
            yield return (type, KubernetesJson.Deserialize<T>(((JsonElement)item).GetRawText()));
        }
    }
}

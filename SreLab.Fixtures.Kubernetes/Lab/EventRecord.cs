using System.Text.Json;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;

namespace SreLab.Fixtures.Kubernetes.Lab;

/// <summary>Writes what the cluster says of pods, nodes and the database to a file, a JSON object a line, from now on.</summary>
internal sealed class EventRecord : IAsyncDisposable
{
    private readonly DateTime _since = DateTimeOffset.UtcNow.UtcDateTime;
    private readonly Lock _writing = new();
    private readonly string _file;
    private readonly List<IAsyncDisposable> _watches = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lastByObject = new(StringComparer.Ordinal);

    /// <summary>Starts to write.</summary>
    public EventRecord(IKubernetes client, LabSpaces spaces, string file)
    {
        _file = file;
        foreach (var space in new[] { spaces.Database, spaces.Monitoring })
        {
            _watches.Add(new ObjectWatch<Corev1Event>(ObjectSources.Events(client, space), (_, e) => OnEvent(e)));
        }

        _watches.Add(new ObjectWatch<V1Pod>(ObjectSources.Pods(client, spaces.Database, DatabaseCluster.NameLabel), (type, pod) => OnChange("Pod", type, pod.Metadata.Name, Describe(pod))));
        _watches.Add(new ObjectWatch<V1Node>(ObjectSources.Nodes(client), (type, node) => OnChange("Node", type, node.Metadata.Name, Describe(node))));
        _watches.Add(new ObjectWatch<DatabaseCluster>(
            ObjectSources.Clusters(client, spaces.Database),
            (type, cluster) => OnChange(
                "Cluster",
                type,
                cluster.Metadata.Name,
                FormattableString.Invariant(
                    $"{cluster.Status.Phase}; primary {cluster.Status.CurrentPrimary}, target {cluster.Status.TargetPrimary}; {cluster.Status.ReadyInstances} of {cluster.Spec.Instances} ready"))));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
        {
            await watch.DisposeAsync();
        }
    }

    /// <summary>A pod in one line.</summary>
    internal static string Describe(V1Pod pod)
    {
        var container = pod.Status?.ContainerStatuses?.FirstOrDefault(c => c.Name == DatabaseCluster.Container);
        var role = pod.Metadata.Labels is { } labels && labels.TryGetValue(DatabaseCluster.RoleLabel, out var value) ? value : "no role";
        return FormattableString.Invariant(
            $"{role}; {pod.Status?.Phase} on {pod.Spec?.NodeName ?? "no node"}; {(container?.Ready == true ? "ready" : "not ready")}; {container?.RestartCount ?? 0} restarts");
    }

    /// <summary>A node in one line.</summary>
    internal static string Describe(V1Node node)
    {
        var ready = node.Status?.Conditions?.FirstOrDefault(c => c.Type == "Ready")?.Status ?? "unknown";
        return $"ready {ready}{(node.Spec?.Unschedulable == true ? "; cordoned" : "")}";
    }

    // Events of an earlier hour are in the list that a watch begins with.
    private void OnEvent(Corev1Event e)
    {
        var at = e.LastTimestamp ?? e.EventTime ?? e.Metadata.CreationTimestamp;
        if (at >= _since && IsNew(e))
        {
            Write($"{e.InvolvedObject.Kind} event", e.InvolvedObject.Name, $"{e.Reason}: {e.Message}");
        }
    }

    // A watch that is taken up anew begins with all of them again.
    private bool IsNew(Corev1Event e)
    {
        lock (_writing)
        {
            return _told.Add($"{e.Metadata.NamespaceProperty}/{e.Metadata.Name}/{e.Metadata.ResourceVersion}");
        }
    }

    // A node renews its heartbeat all the time: what reads the same is said once.
    private void OnChange(string kind, WatchEventType type, string name, string text)
    {
        var said = type == WatchEventType.Deleted ? "deleted" : text;
        lock (_writing)
        {
            if (_lastByObject.TryGetValue($"{kind}/{name}", out var last) && last == said)
            {
                return;
            }

            _lastByObject[$"{kind}/{name}"] = said;
        }

        Write(kind, name, said);
    }

    private void Write(string kind, string name, string text)
    {
        var line = JsonSerializer.Serialize(new { at = DateTimeOffset.UtcNow, kind, name, text });
        lock (_writing)
        {
            File.AppendAllText(_file, line + "\n");
        }
    }
}

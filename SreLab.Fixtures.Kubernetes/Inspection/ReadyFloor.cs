using k8s;
using k8s.Models;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>The fewest pods that were ready at any moment, from every change that a watch tells.</summary>
internal sealed class ReadyFloor
{
    private readonly Lock _state = new();
    private readonly HashSet<string> _ready = new(StringComparer.Ordinal);
    private bool _counts;

    /// <summary>The fewest since the count began.</summary>
    public int Least { get; private set; }

    /// <summary>Starts to count from what is ready now.</summary>
    public void Begin(IReadOnlyList<V1Pod> pods)
    {
        lock (_state)
        {
            _ready.Clear();
            _ready.UnionWith(pods.Where(PodState.IsReady).Select(p => p.Metadata.Name));
            _counts = true;
            Least = _ready.Count;
        }
    }

    /// <summary>Takes a change in.</summary>
    public void Changed(WatchEventType type, V1Pod pod)
    {
        lock (_state)
        {
            if (type != WatchEventType.Deleted && PodState.IsReady(pod))
            {
                _ready.Add(pod.Metadata.Name);
            }
            else
            {
                _ready.Remove(pod.Metadata.Name);
            }

            if (_counts)
            {
                Least = Math.Min(Least, _ready.Count);
            }
        }
    }
}

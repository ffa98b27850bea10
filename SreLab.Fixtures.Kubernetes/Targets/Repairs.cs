using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>Puts back what a run that was killed had broken on purpose. Only what carries the suite's mark is touched.</summary>
internal static class Repairs
{
    /// <summary>Mends a lab before anybody waits for it: an instance that is cut off, or has no node to run on, never gets ready.</summary>
    /// <param name="client">The cluster's API.</param>
    /// <param name="spaces">The lab's namespaces.</param>
    /// <param name="found">Those that are there.</param>
    /// <param name="ownsNodes">Whether the nodes are the lab's own: on others none was drained.</param>
    /// <param name="progress">Told of each repair.</param>
    /// <param name="ct">Cancels it.</param>
    /// <returns>One sentence for each repair.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IKubernetes client, LabSpaces spaces, IReadOnlyList<V1Namespace> found, bool ownsNodes, IProgressLog progress, CancellationToken ct)
    {
        List<string> repairs = [];
        if (found.All(n => n.Metadata.Name != spaces.Database))
        {
            return repairs;
        }

        if (await new NetworkCut(client, spaces.Database).MendAsync(ct) is > 0 and var mended)
        {
            Note(FormattableString.Invariant($"a member was cut from the network by a run that is gone: {mended} network policies were put back"));
        }

        if (ownsNodes && await new NodeFaults(client, spaces.Database, null).OpenAsync(ct) is { Count: > 0 } opened)
        {
            Note($"{string.Join(", ", opened)} was drained by a run that is gone: pods are let onto it again");
        }

        foreach (var (cluster, memory) in await new MemorySize(client, spaces.Database).PutBackAsync(ct))
        {
            Note($"{cluster} was resized by a run that is gone: its instances ask for {memory} again");
        }

        return repairs;

        void Note(string repair)
        {
            repairs.Add(repair);
            progress.Say("repaired: " + repair);
        }
    }
}

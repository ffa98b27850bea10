using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>Puts back what a run that was killed had broken on purpose.</summary>
internal static class Repairs
{
    /// <summary>Mends a lab before anybody waits for it: an instance that is cut from the network never gets ready.</summary>
    /// <returns>One sentence for each repair.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IKubernetes client, LabSpaces spaces, IReadOnlyList<V1Namespace> found, IProgressLog progress, CancellationToken ct)
    {
        if (found.All(n => n.Metadata.Name != spaces.Database) || await new NetworkCut(client, spaces.Database).MendAsync(ct) is not (> 0 and var mended))
        {
            return [];
        }

        var repair = FormattableString.Invariant($"a member was cut from the network by a run that is gone: {mended} network policies were put back");
        progress.Say("repaired: " + repair);
        return [repair];
    }
}

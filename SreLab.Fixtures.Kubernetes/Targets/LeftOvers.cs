using k8s;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>What of a lab is still in the cluster after a teardown.</summary>
/// <param name="Lost">Objects that should be gone: namespaces, volumes.</param>
/// <param name="Kept">Objects that charts keep on purpose: definitions, which others may use.</param>
internal sealed record LeftOvers(IReadOnlyList<string> Lost, IReadOnlyList<string> Kept)
{
    private const string HelmPolicy = "helm.sh/resource-policy";
    private static readonly string[] Groups = [DatabaseCluster.Group, "monitoring.coreos.com", "metallb.io"];

    /// <summary>Looks until nothing is left, or the bound has passed: a namespace ends only when all that was in it has.</summary>
    public static async Task<LeftOvers> FindAsync(IKubernetes client, LabSpaces spaces, CancellationToken ct)
    {
        LeftOvers last = new([], []);
        try
        {
            return await Wait.UntilAsync(
                Bounds.NamespacesGone,
                "the lab's namespaces and volumes to be gone",
                async token =>
                {
                    last = await LookAsync(client, spaces, token);
                    return (last.Lost.Count == 0 ? last : null, string.Join(", ", last.Lost));
                },
                TimeSpan.FromSeconds(1),
                ct);
        }
        catch (LabException) when (last.Lost.Count > 0)
        {
            return last;
        }
    }

    private static async Task<LeftOvers> LookAsync(IKubernetes client, LabSpaces spaces, CancellationToken ct)
    {
        var found = await spaces.ReadAsync(client, ct);
        var volumes = await client.CoreV1.ListPersistentVolumeAsync(cancellationToken: ct);
        var definitions = await client.ApiextensionsV1.ListCustomResourceDefinitionAsync(cancellationToken: ct);
        return new LeftOvers(
            [
                .. found.Where(spaces.IsOurs).Select(n => $"namespace {n.Metadata.Name}"),
                .. volumes.Items.Where(v => v.Spec.ClaimRef is { } claim && spaces.Names.Contains(claim.NamespaceProperty, StringComparer.Ordinal))
                    .Select(v => $"volume {v.Metadata.Name} of {v.Spec.ClaimRef.NamespaceProperty}/{v.Spec.ClaimRef.Name}"),
            ],
            [
                .. definitions.Items
                    .Where(d => Groups.Contains(d.Spec.Group, StringComparer.Ordinal) && d.Metadata.Annotations?.TryGetValue(HelmPolicy, out var policy) == true && policy == "keep")
                    .Select(d => $"definition {d.Metadata.Name}"),
            ]);
    }
}

using k8s;
using k8s.Models;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>Changes a <c>Cluster</c> of the operator by a merge patch: what it does not name stays as it is.</summary>
internal static class ClusterPatch
{
    /// <summary>Sends it.</summary>
    /// <param name="client">The cluster's API.</param>
    /// <param name="space">Namespace of the database.</param>
    /// <param name="cluster">Name of the <c>Cluster</c>.</param>
    /// <param name="patch">What is to be; null as a value removes a key.</param>
    /// <param name="what">What is changed, in plural, for the error.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <exception cref="LabException">The API refused it.</exception>
    public static async Task SendAsync(IKubernetes client, string space, string cluster, IReadOnlyDictionary<string, object> patch, string what, CancellationToken ct)
    {
        try
        {
            await client.CustomObjects.PatchNamespacedCustomObjectAsync(
                new V1Patch(patch, V1Patch.PatchType.MergePatch),
                DatabaseCluster.Group,
                DatabaseCluster.Version,
                space,
                DatabaseCluster.Plural,
                cluster,
                cancellationToken: ct);
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"the {what} of {space}/{cluster} could not be changed", e);
        }
    }
}

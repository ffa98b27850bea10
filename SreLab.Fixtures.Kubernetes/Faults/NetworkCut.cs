using k8s;
using k8s.Models;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>Cuts one instance from everybody by network policies, and mends it.</summary>
/// <remarks>
/// Policies only allow: one that denies takes nothing away while another lets traffic through. So every policy that selects the instance is told to leave
/// it out, and one that lets nothing through is added. What a policy selected before is kept in an annotation of its own, so that a later process can mend
/// what a killed one cut.
/// </remarks>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Namespace of the database.</param>
internal sealed class NetworkCut(IKubernetes client, string space)
{
    /// <summary>Where a policy's own selector is kept meanwhile.</summary>
    public const string KeptSelector = "srelab.io/selector-before-cut";

    private const string CutPrefix = "srelab-cut-";
    private const string PartOf = "app.kubernetes.io/part-of";
    private const string Suite = "srelab-suite";

    /// <summary>Cuts.</summary>
    /// <returns>What was changed, for the evidence.</returns>
    public async Task<string> CutAsync(Member member, CancellationToken ct)
    {
        try
        {
            var policies = (await client.NetworkingV1.ListNamespacedNetworkPolicyAsync(space, cancellationToken: ct)).Items;
            if (policies.Any(p => p.Metadata.Annotations?.ContainsKey(KeptSelector) == true))
            {
                throw new LabException($"fault refused: a member of {space} is cut already; mend it first.\n  fix          make up");
            }

            foreach (var policy in policies)
            {
                await ReplaceAsync(Without(policy, member.Name), ct);
            }

            await client.NetworkingV1.CreateNamespacedNetworkPolicyAsync(DenyAll(member.Name), space, cancellationToken: ct);
            return FormattableString.Invariant($"network policy {CutPrefix}{member.Name}, and {member.Name} left out of {policies.Count} others");
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"{space}/{member.Name} could not be cut from the network", e);
        }
    }

    /// <summary>Mends whatever is cut; nothing happens when nothing is.</summary>
    /// <returns>How many policies were put back or removed.</returns>
    public async Task<int> MendAsync(CancellationToken ct)
    {
        try
        {
            var mended = 0;
            foreach (var policy in (await client.NetworkingV1.ListNamespacedNetworkPolicyAsync(space, cancellationToken: ct)).Items)
            {
                if (Restored(policy) is { } restored)
                {
                    await ReplaceAsync(restored, ct);
                    mended++;
                }
                else if (policy.Metadata.Name.StartsWith(CutPrefix, StringComparison.Ordinal) && policy.Metadata.Labels?.TryGetValue(PartOf, out var part) == true && part == Suite)
                {
                    await client.NetworkingV1.DeleteNamespacedNetworkPolicyAsync(policy.Metadata.Name, space, cancellationToken: ct);
                    mended++;
                }
            }

            return mended;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"the network policies of {space} could not be put back", e);
        }
    }

    /// <summary>A policy that does not select an instance any more, and remembers what it selected.</summary>
    internal static V1NetworkPolicy Without(V1NetworkPolicy policy, string instance)
    {
        var selector = policy.Spec.PodSelector ?? new V1LabelSelector();
        policy.Metadata.Annotations = new Dictionary<string, string>(policy.Metadata.Annotations ?? new Dictionary<string, string>())
        {
            [KeptSelector] = KubernetesJson.Serialize(selector),
        };
        policy.Spec.PodSelector = new V1LabelSelector
        {
            MatchLabels = selector.MatchLabels,
            MatchExpressions =
            [
                .. selector.MatchExpressions ?? [],
                new V1LabelSelectorRequirement { Key = DatabaseCluster.InstanceLabel, OperatorProperty = "NotIn", Values = [instance] },
            ],
        };
        return policy;
    }

    /// <summary>The policy as it was before; null when it was not changed.</summary>
    internal static V1NetworkPolicy? Restored(V1NetworkPolicy policy)
    {
        if (policy.Metadata.Annotations is not { } annotations || !annotations.TryGetValue(KeptSelector, out var kept))
        {
            return null;
        }

        policy.Spec.PodSelector = KubernetesJson.Deserialize<V1LabelSelector>(kept);
        policy.Metadata.Annotations = annotations.Where(a => a.Key != KeptSelector).ToDictionary();
        return policy;
    }

    private V1NetworkPolicy DenyAll(string instance) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "NetworkPolicy",
        Metadata = new V1ObjectMeta { Name = CutPrefix + instance, NamespaceProperty = space, Labels = new Dictionary<string, string> { [PartOf] = Suite } },
        Spec = new V1NetworkPolicySpec
        {
            PodSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { [DatabaseCluster.InstanceLabel] = instance } },
            PolicyTypes = ["Ingress", "Egress"],
        },
    };

    private Task<V1NetworkPolicy> ReplaceAsync(V1NetworkPolicy policy, CancellationToken ct) =>
        client.NetworkingV1.ReplaceNamespacedNetworkPolicyAsync(policy, policy.Metadata.Name, space, cancellationToken: ct);
}

using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Lab;

/// <summary>The namespaces of a lab. Only those that carry the lab's own label are its own.</summary>
/// <param name="prefix">What they begin with.</param>
internal sealed class LabSpaces(string prefix)
{
    private static readonly string[] Parts = ["database", "invoicing", "payments", "monitoring", "operator", "load-balancer"];

    /// <summary>What they begin with.</summary>
    public string Prefix => prefix;

    /// <summary>Where PostgreSQL runs.</summary>
    public string Database => $"{prefix}-database";

    /// <summary>Where Prometheus, Alertmanager and Grafana run.</summary>
    public string Monitoring => $"{prefix}-monitoring";

    /// <summary>Where invoice-app runs.</summary>
    public string Invoicing => $"{prefix}-invoicing";

    /// <summary>Where payment-provider runs.</summary>
    public string Payments => $"{prefix}-payments";

    /// <summary>Whether a namespace is one of those that nobody may get a privileged pod into.</summary>
    public bool HoldsDataOrServices(string space) => space == Database || space == Invoicing || space == Payments;

    /// <summary>Every name that a lab of this prefix takes.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Parts.Select(p => $"{prefix}-{p}")];

    /// <summary>Whether a namespace was made by the lab of this prefix.</summary>
    public bool IsOurs(V1Namespace space) => space.Metadata.Labels is { } labels && labels.TryGetValue(KubernetesTargets.LabLabel, out var lab) && lab == prefix;

    /// <summary>Those that are there.</summary>
    public async Task<IReadOnlyList<V1Namespace>> ReadAsync(IKubernetes client, CancellationToken ct)
    {
        try
        {
            var all = await client.CoreV1.ListNamespaceAsync(cancellationToken: ct);
            return [.. all.Items.Where(n => Names.Contains(n.Metadata.Name, StringComparer.Ordinal) || IsOurs(n))];
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal("the cluster's namespaces could not be listed; nothing was touched", e);
        }
    }

    /// <summary>Refuses a namespace that has a name of the lab and was not made by it.</summary>
    /// <param name="found">What is there.</param>
    /// <param name="adopt">Whether such a namespace may be used.</param>
    /// <exception cref="LabException">There is one.</exception>
    public void RequireOurs(IReadOnlyList<V1Namespace> found, bool adopt)
    {
        var others = found.Where(n => !IsOurs(n)).Select(n => n.Metadata.Name).ToArray();
        if (others.Length > 0 && !adopt)
        {
            throw new LabException(
                $"namespace{(others.Length == 1 ? "" : "s")} {string.Join(", ", others)} refused: not made by a lab with prefix {prefix}; nothing was touched.\n" +
                $"  needed       label {KubernetesTargets.LabLabel}={prefix}\n" +
                $"  fix          another prefix, for example {SettingNames.LabPrefix}={prefix}-2; or {SettingNames.Adopt}=1 to use what is there");
        }
    }
}

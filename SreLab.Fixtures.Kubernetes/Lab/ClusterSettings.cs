using k8s;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Lab;

/// <summary>Changes PostgreSQL's parameters where the operator takes them from: the <c>Cluster</c>.</summary>
internal static class ClusterSettings
{
    private const string Parameters = "postgresql.parameters.";

    /// <summary>The patch for settings by dotted name; null removes one.</summary>
    /// <exception cref="LabException">One is not a parameter of PostgreSQL: the operator has no such setting.</exception>
    public static IReadOnlyDictionary<string, object> PatchOf(IReadOnlyDictionary<string, string?> settings)
    {
        var others = settings.Keys.Where(k => !k.StartsWith(Parameters, StringComparison.Ordinal)).ToArray();
        return others.Length == 0
            ? new Dictionary<string, object>
            {
                ["spec"] = new Dictionary<string, object>
                {
                    ["postgresql"] = new Dictionary<string, object> { ["parameters"] = settings.ToDictionary(s => s.Key[Parameters.Length..], s => (object?)s.Value) },
                },
            }
            : throw new LabException(
                $"configuration refused: {string.Join(", ", others)} is a setting of Patroni, and CloudNativePG runs this cluster.\n  possible     {Parameters}NAME");
    }

    /// <summary>Patches the cluster.</summary>
    public static Task PatchAsync(IKubernetes client, string space, string cluster, IReadOnlyDictionary<string, string?> settings, CancellationToken ct) =>
        ClusterPatch.SendAsync(client, space, cluster, PatchOf(settings), "settings", ct);
}

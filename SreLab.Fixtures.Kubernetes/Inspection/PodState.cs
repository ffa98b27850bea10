using k8s.Models;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>What a pod says of itself.</summary>
internal static class PodState
{
    /// <summary>It passes its probes and is not on its way out: what a Deployment counts as available.</summary>
    public static bool IsReady(V1Pod pod) =>
        pod.Metadata.DeletionTimestamp is null && pod.Status?.Conditions?.Any(c => c.Type == "Ready" && c.Status == "True") == true;

    /// <summary>It has come to its end.</summary>
    public static bool IsOver(V1Pod pod) => pod.Status?.Phase is "Succeeded" or "Failed";

    /// <summary>Why it does not run, as far as it knows; its phase otherwise.</summary>
    public static string Describe(V1Pod pod) =>
        pod.Status?.ContainerStatuses?.Select(c => c.State?.Waiting).FirstOrDefault(w => w is not null) is { } waiting
            ? $"{waiting.Reason} {waiting.Message}".Trim()
            : pod.Status?.Conditions?.FirstOrDefault(c => c.Type == "PodScheduled" && c.Status == "False")?.Message ?? pod.Status?.Phase ?? "no state yet";
}

using System.Security.Cryptography;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>A pod of the suite's own that runs a script to its end and tells its output. It has no privilege, and it is removed in every case.</summary>
internal static class TrialPod
{
    /// <summary>Label of every pod that the suite makes: nothing without it is removed.</summary>
    public const string Label = "srelab.io/trial";

    // The user of CloudNativePG's images, which are on the nodes already.
    private const long PostgresUser = 26;

    // The kubelet ends a pod whose suite was killed.
    private const long LongestSeconds = 150;

    /// <summary>A pod that may run wherever the level is restricted.</summary>
    public static V1Pod Make(string role, IReadOnlyDictionary<string, string> labels, string image, string script) => new()
    {
        ApiVersion = "v1",
        Kind = "Pod",
        Metadata = new V1ObjectMeta
        {
            Name = $"srelab-trial-{role}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}",
            Labels = new Dictionary<string, string>(labels) { [Label] = role },
        },
        Spec = new V1PodSpec
        {
            RestartPolicy = "Never",
            ActiveDeadlineSeconds = LongestSeconds,
            TerminationGracePeriodSeconds = 1,
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            SecurityContext = new V1PodSecurityContext { RunAsNonRoot = true, RunAsUser = PostgresUser, RunAsGroup = PostgresUser, SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" } },
            Containers =
            [
                new V1Container
                {
                    Name = "trial",
                    Image = image,
                    ImagePullPolicy = "IfNotPresent",
                    Command = ["bash", "-c", script],
                    Resources = new V1ResourceRequirements
                    {
                        Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("10m"), ["memory"] = new("16Mi") },
                        Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("64Mi") },
                    },
                    SecurityContext = new V1SecurityContext
                    {
                        AllowPrivilegeEscalation = false,
                        ReadOnlyRootFilesystem = true,
                        Capabilities = new V1Capabilities { Drop = ["ALL"] },
                    },
                },
            ],
        },
    };

    /// <summary>Runs a pod to its end.</summary>
    /// <returns>Its output.</returns>
    /// <exception cref="LabException">It did not run, or did not end.</exception>
    public static async Task<string> RunAsync(IKubernetes client, string space, V1Pod pod, CancellationToken ct)
    {
        var name = pod.Metadata.Name;
        try
        {
            await client.CoreV1.CreateNamespacedPodAsync(pod, space, cancellationToken: ct);
            await using var watch = new ObjectWatch<V1Pod>(ObjectSources.Pods(client, space, $"{Label}={pod.Metadata.Labels[Label]}"));
            await watch.WaitAsync(
                Bounds.TrialPodEnds,
                $"pod {space}/{name} to end",
                all => all.FirstOrDefault(p => p.Metadata.Name == name) is { } seen ? (PodState.IsOver(seen) ? seen : null, PodState.Describe(seen)) : (null, "no such pod"),
                ct);
            await using var log = await client.CoreV1.ReadNamespacedPodLogAsync(name, space, cancellationToken: ct);
            using var reader = new StreamReader(log);
            return await reader.ReadToEndAsync(ct);
        }
        finally
        {
            await RemoveAsync(client, space, name);
        }
    }

    /// <summary>Removes what a run that was killed left.</summary>
    public static async Task RemoveLeftoversAsync(IKubernetes client, string space, CancellationToken ct)
    {
        foreach (var pod in (await client.CoreV1.ListNamespacedPodAsync(space, labelSelector: Label, cancellationToken: ct)).Items)
        {
            await RemoveAsync(client, space, pod.Metadata.Name);
        }
    }

    private static async Task RemoveAsync(IKubernetes client, string space, string name)
    {
        try
        {
            // Also when the run was cancelled: the pod is the suite's own.
            await client.CoreV1.DeleteNamespacedPodAsync(name, space, new V1DeleteOptions { GracePeriodSeconds = 0 }, cancellationToken: CancellationToken.None);
        }
        catch (Exception e) when (ApiErrors.IsNotFound(e))
        {
            // It was never made.
        }
    }
}

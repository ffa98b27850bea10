using k8s;
using k8s.Models;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Lab;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Offers a privileged pod, and one without any privilege, to every namespace of the lab: as a dry run, which is admitted or refused and never made.</summary>
/// <param name="parts">Where the lab is.</param>
internal sealed class AdmissionTrial(LabParts parts)
{
    private const string Enforced = "pod-security.kubernetes.io/enforce";
    private const string DryRun = "All";

    // Nobody pulls it.
    private const string Image = "srelab.invalid/trial";

    /// <summary>Offers both.</summary>
    public async Task<PlatformRecord> RunAsync(PlatformRecord record, CancellationToken ct)
    {
        var admissions = new List<AdmissionRecord>();
        foreach (var space in await parts.Spaces.ReadAsync(parts.Client, ct))
        {
            var name = space.Metadata.Name;
            admissions.Add(new AdmissionRecord(
                name,
                space.Metadata.Labels is { } labels && labels.TryGetValue(Enforced, out var level) ? level : "",
                parts.Spaces.HoldsDataOrServices(name),
                await OfferAsync(name, Privileged(), ct),
                await OfferAsync(name, Sound(), ct)));
        }

        return record with { Admissions = admissions };
    }

    private static V1Pod Sound() => TrialPod.Make("admission", new Dictionary<string, string>(), Image, "true");

    private static V1Pod Privileged()
    {
        var pod = Sound();
        pod.Spec.HostPID = true;
        pod.Spec.Containers[0].SecurityContext = new V1SecurityContext { Privileged = true };
        return pod;
    }

    private async Task<string> OfferAsync(string space, V1Pod pod, CancellationToken ct)
    {
        try
        {
            await parts.Client.CoreV1.CreateNamespacedPodAsync(pod, space, dryRun: DryRun, cancellationToken: ct);
            return AdmissionRecord.Accepted;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            return ApiErrors.Text(e);
        }
    }
}

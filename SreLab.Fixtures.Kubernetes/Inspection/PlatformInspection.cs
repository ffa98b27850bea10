using System.Diagnostics;
using k8s;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Looks at a platform part by part. What fails is the part's own problem: the others are inspected all the same.</summary>
/// <param name="parts">Where the lab is.</param>
/// <param name="lab">The lab itself.</param>
internal sealed class PlatformInspection(LabParts parts, ILab lab) : ILabPlatform
{
    private IKubernetes Client => parts.Client;

    /// <inheritdoc />
    /// <remarks>First what only looks, then what changes; the plan comes last, so that it sees what all of it left.</remarks>
    public async Task<PlatformRecord> InspectAsync(IProgressLog progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var record = new PlatformRecord { StartedUtc = DateTimeOffset.UtcNow };
        await TrialPod.RemoveLeftoversAsync(Client, parts.Spaces.Database, ct);
        foreach (var (part, look) in Looks())
        {
            var began = clock.Elapsed;
            try
            {
                record = await look(record, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                record = record.Failed(part, ApiErrors.IsOfApi(e, ct) ? ApiErrors.Text(e) : e.Message.Split('\n')[0]);
            }

            progress.Say(FormattableString.Invariant($"platform: {part} in {(clock.Elapsed - began).TotalSeconds:0.0} s{Remark(record, part)}"));
        }

        return record with { Seconds = clock.Elapsed.TotalSeconds };
    }

    private IEnumerable<(string Part, Func<PlatformRecord, CancellationToken, Task<PlatformRecord>> Look)> Looks()
    {
        yield return (PlatformParts.Placement, new PlacementLook(parts).PlacementAsync);
        yield return (PlatformParts.Volumes, new PlacementLook(parts).VolumesAsync);
        yield return (PlatformParts.Doors, new DoorsLook(parts, lab).RunAsync);
        yield return (PlatformParts.Calls, new PolicyTrial(parts).RunAsync);
        yield return (PlatformParts.Rights, new TeamTrial(parts).RunAsync);
        yield return (PlatformParts.Admissions, new AdmissionTrial(parts).RunAsync);
        yield return (PlatformParts.Dashboards, new DashboardsLook(parts, lab).RunAsync);
        yield return (PlatformParts.RollingUpdate, new UpdateTrial(parts, lab).RunAsync);
        yield return (PlatformParts.Autoscaling, new AutoscalingTrial(parts).RunAsync);
        yield return (PlatformParts.Drift, DriftAsync);
    }

    private async Task<PlatformRecord> DriftAsync(PlatformRecord record, CancellationToken ct) =>
        await parts.Access.DriftAsync(ct) is { } changes
            ? record with { Drift = changes }
            : record.Without(PlatformParts.Drift, "the platform was applied elsewhere, and its state is not here: have it applied by make up, or run terraform plan where it was");

    private static string Remark(PlatformRecord record, string part) =>
        record.Absent.TryGetValue(part, out var reason) ? $": not here: {reason}" : record.Problems.TryGetValue(part, out var problem) ? $": {problem}" : "";
}

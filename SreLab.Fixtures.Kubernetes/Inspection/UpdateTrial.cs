using System.Diagnostics;
using System.Globalization;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local.Workloads;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Replaces every pod of invoice-app, one after another, while requests come.</summary>
/// <param name="parts">Where the lab is.</param>
/// <param name="lab">The database that the service works on.</param>
internal sealed class UpdateTrial(LabParts parts, ILab lab)
{
    // As kubectl rollout restart: the pods' template changes by nothing that they would notice.
    private const string RestartedAt = "kubectl.kubernetes.io/restartedAt";
    private const int Senders = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Requests before the first pod goes and after the last came: what an update breaks shows beside what it leaves.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Updates.</summary>
    public async Task<PlatformRecord> RunAsync(PlatformRecord record, CancellationToken ct)
    {
        var space = parts.Spaces.Invoicing;
        if (await InvoiceService.FindAsync(parts.Client, space, ct) is not { } deployment)
        {
            return record.Without(PlatformParts.RollingUpdate, InvoiceService.Absent);
        }

        // Roles and passwords are the operator's work; what they own and may do needs a database that is seeded.
        await WorkloadDatabase.PrepareAsync(lab, null, () => throw new LabException("the services' schemas are of another seed.\n  fix          make down, then make up"), ct);
        var replicas = deployment.Spec.Replicas ?? 1;
        var floor = new ReadyFloor();
        await using var pods = new ObjectWatch<V1Pod>(ObjectSources.Pods(parts.Client, space, InvoiceService.Labels), floor.Changed);
        var old = await InvoiceService.WholeAsync(pods, replicas, _ => true, Bounds.RollingUpdate, ct);
        var oldNames = old.Select(p => p.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        await using var load = new ServiceLoad(parts.Client, space, Senders, Pause);
        await load.RequireAnswersAsync(ct);
        await Task.Delay(Margin, ct);

        floor.Begin(pods.Items);
        var clock = Stopwatch.StartNew();
        await RestartAsync(space, ct);
        var now = await InvoiceService.WholeAsync(pods, replicas, p => !oldNames.Contains(p.Metadata.Name), Bounds.RollingUpdate, ct);
        var seconds = clock.Elapsed.TotalSeconds;
        await Task.Delay(Margin, ct);

        return record with
        {
            RollingUpdate = new RollingUpdateRecord
            {
                Deployment = InvoiceService.Name,
                Replicas = replicas,
                MaxUnavailable = InvoiceService.MaxUnavailable(deployment),
                LeastReady = floor.Least,
                Seconds = seconds,
                OldPods = [.. oldNames.Order(StringComparer.Ordinal)],
                NewPods = [.. now.Select(p => p.Metadata.Name)],
                Requests = await load.EndAsync(),
            },
        };
    }

    private async Task RestartAsync(string space, CancellationToken ct)
    {
        var annotations = new Dictionary<string, string> { [RestartedAt] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture) };
        var patch = new { spec = new { template = new { metadata = new { annotations } } } };
        await parts.Client.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch(patch, V1Patch.PatchType.MergePatch), InvoiceService.Name, space, cancellationToken: ct);
    }
}

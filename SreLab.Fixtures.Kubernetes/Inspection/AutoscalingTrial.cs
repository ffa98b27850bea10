using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using k8s.Models;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Loads invoice-app until its autoscaler has brought more pods, then waits until it has taken them away again.</summary>
/// <param name="parts">Where the lab is.</param>
internal sealed class AutoscalingTrial(LabParts parts)
{
    private const int Senders = 24;

    /// <summary>Loads.</summary>
    public async Task<PlatformRecord> RunAsync(PlatformRecord record, CancellationToken ct)
    {
        var space = parts.Spaces.Invoicing;
        var samples = new ConcurrentQueue<AutoscalingSample>();
        var clock = new Stopwatch();
        await using var scalers = new ObjectWatch<V2HorizontalPodAutoscaler>(
            ObjectSources.Autoscalers(parts.Client, space), (_, s) => { if (s.Metadata.Name == InvoiceService.Name) { samples.Enqueue(SampleOf(s, clock.Elapsed)); } });
        await scalers.ListedAsync(ct);
        if (scalers.Find(InvoiceService.Name) is not { } scaler)
        {
            return record.Without(PlatformParts.Autoscaling, InvoiceService.Absent);
        }

        await using var pods = new ObjectWatch<V1Pod>(ObjectSources.Pods(parts.Client, space, InvoiceService.Labels));
        var least = scaler.Spec.MinReplicas ?? 1;
        await scalers.WaitAsync(Bounds.AutoscalerAtRest, $"{InvoiceService.Name} to be at rest with {least} pods", all => AtRest(all, least), ct);
        await InvoiceService.WholeAsync(pods, least, _ => true, Bounds.AutoscalerAtRest, ct);

        samples.Clear();
        clock.Start();
        await using var load = new ServiceLoad(parts.Client, space, Senders, TimeSpan.Zero);
        await load.RequireAnswersAsync(ct);
        double? outAfter = await HappensAsync(() => pods.WaitAsync(
            Bounds.ScaledOut,
            $"more than {least} ready pods",
            all => all.Count(PodState.IsReady) is var ready && ready > least ? (all, "") : (null, $"{ready} ready"),
            ct)) ? clock.Elapsed.TotalSeconds : null;
        var readyUnderLoad = pods.Items.Count(PodState.IsReady);
        var requests = await load.EndAsync();

        var ended = clock.Elapsed;
        double? backAfter = outAfter is not null && await HappensAsync(() => scalers.WaitAsync(Bounds.AutoscalerAtRest, "the fewest pods", all => AtRest(all, least), ct))
            ? (clock.Elapsed - ended).TotalSeconds
            : null;
        return record with
        {
            Autoscaling = new AutoscalingRecord
            {
                Name = InvoiceService.Name,
                Least = least,
                Most = scaler.Spec.MaxReplicas,
                CpuTarget = scaler.Spec.Metrics?.FirstOrDefault(m => m.Resource?.Name == "cpu")?.Resource.Target.AverageUtilization ?? 0,
                Samples = [.. samples],
                ReadyUnderLoad = readyUnderLoad,
                OutAfterSeconds = outAfter,
                BackAfterSeconds = backAfter,
                Requests = requests,
            },
        };
    }

    /// <summary>What a state of the autoscaler says.</summary>
    internal static AutoscalingSample SampleOf(V2HorizontalPodAutoscaler scaler, TimeSpan at) => new(
        Math.Round(at.TotalSeconds, 1),
        scaler.Status?.CurrentReplicas ?? 0,
        scaler.Status?.DesiredReplicas ?? 0,
        scaler.Status?.CurrentMetrics?.FirstOrDefault(m => m.Resource?.Name == "cpu")?.Resource.Current.AverageUtilization);

    /// <summary>It knows its metrics, has the fewest pods, and wants no more.</summary>
    internal static (V2HorizontalPodAutoscaler? Value, string Seen) AtRest(IReadOnlyList<V2HorizontalPodAutoscaler> all, int least)
    {
        var scaler = all.FirstOrDefault(s => s.Metadata.Name == InvoiceService.Name);
        if (scaler?.Status is not { } status)
        {
            return (null, "no autoscaler");
        }

        var blind = status.Conditions?.FirstOrDefault(c => c.Type == "ScalingActive" && c.Status != "True");
        return blind is not null ? (null, $"{blind.Reason}: {blind.Message}")
            : status.CurrentReplicas == least && status.DesiredReplicas == least ? (scaler, "")
            : (null, string.Create(CultureInfo.InvariantCulture, $"{status.CurrentReplicas} pods, {status.DesiredReplicas} wanted"));
    }

    // That it did not happen in time is what is judged, not a failure of the trial.
    private static async Task<bool> HappensAsync(Func<Task> wait)
    {
        try
        {
            await wait();
            return true;
        }
        catch (LabException)
        {
            return false;
        }
    }
}

using System.Text.RegularExpressions;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Whether one workload is as an alert says, from its own metrics and probes: the arithmetic of the rules without Prometheus.</summary>
/// <param name="readings">Asks it.</param>
/// <param name="instance">Which.</param>
/// <param name="objectives">What its clients are promised.</param>
internal sealed partial class WorkloadConditions(WorkloadReadings readings, WorkloadInstance instance, Objectives objectives)
{
    private const double LeastRequests = 20;
    private const double LargestShare = 0.01;
    private const double LargestGrowth = 32 << 20;
    private const double PoolShare = 10;
    private const string Requests = "http_server_request_duration_seconds_count";
    private static readonly TimeSpan RequestWindow = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HeapWindow = TimeSpan.FromMinutes(1);

    /// <summary>The load balancer calls a server dead after two looks half a second apart.</summary>
    private static readonly TimeSpan TwoLooks = TimeSpan.FromSeconds(1);

    private readonly RecentIncrease _errors = new(RequestWindow);
    private readonly RecentIncrease _slow = new(RequestWindow);
    private readonly RecentIncrease _all = new(RequestWindow);
    private readonly RecentIncrease _allForHeap = new(RequestWindow);
    private readonly RecentIncrease _allForSlow = new(RequestWindow);
    private readonly Queue<(TimeSpan At, double Bytes)> _heap = new();
    private DateTimeOffset? _failingSince;

    /// <summary>More than 1 % of at least 20 requests of 30 s failed.</summary>
    public async Task<bool> FailsAsync(CancellationToken ct)
    {
        var (at, metrics) = await readings.SidecarAsync(instance, ct);
        var errors = _errors.Add(at, metrics.Sum(Requests, s => IsRequest(s) && s["status"].StartsWith('5')) ?? 0);
        return IsLarge(errors, _all.Add(at, metrics.Sum(Requests, IsRequest) ?? 0));
    }

    /// <summary>More than 1 % of at least 20 requests of 30 s were slower than the objective.</summary>
    public async Task<bool> IsSlowAsync(CancellationToken ct)
    {
        var (at, metrics) = await readings.SidecarAsync(instance, ct);
        var bound = FormattableString.Invariant($"{objectives.WorkloadLatencyP99Ms / 1000:0.###}");
        var all = metrics.Sum(Requests, IsRequest) ?? 0;
        var quick = metrics.Sum("http_server_request_duration_seconds_bucket", s => IsRequest(s) && s["le"] == bound) ?? 0;
        return IsLarge(_slow.Add(at, all - quick), _allForSlow.Add(at, all));
    }

    /// <summary>The heap is more than 32 MiB above the least of the last minute, with at least 20 requests in 30 s.</summary>
    public async Task<bool> GrowsAsync(CancellationToken ct)
    {
        var (at, metrics) = await readings.ServiceAsync(instance, ct);
        var requests = await readings.SidecarAsync(instance, ct);
        var heap = metrics.Sum("dotnet_gc_heap_bytes") ?? double.NaN;
        _heap.Enqueue((at, heap));
        while (_heap.Peek().At < at - HeapWindow)
        {
            _heap.Dequeue();
        }

        return _allForHeap.Add(requests.At, requests.Metrics.Sum(Requests, IsRequest) ?? 0) >= LeastRequests && heap - _heap.Min(h => h.Bytes) > LargestGrowth;
    }

    /// <summary>Half of its pool's connections are in use.</summary>
    public async Task<bool> HoldsConnectionsAsync(CancellationToken ct) =>
        (await readings.ServiceAsync(instance, ct)).Metrics.Sum("db_client_connections", s => s["state"] == "used") >= PoolShare;

    /// <summary>Its process answers, and for a second its liveness probe did not answer with 200.</summary>
    public async Task<bool> FailsProbeAsync(CancellationToken ct)
    {
        var asked = DateTimeOffset.UtcNow;
        var isFailing = await readings.StatusAsync(new Uri(instance.Service, "healthz"), ct) is { } status and not 200;
        _failingSince = isFailing ? _failingSince ?? asked : null;
        return asked - _failingSince >= TwoLooks;
    }

    private static bool IsLarge(double part, double all) => all >= LeastRequests && part / all > LargestShare;

    private static bool IsRequest(MetricSample sample) => !ProbeOrScrape().IsMatch(sample["route"]);

    [GeneratedRegex("^(/healthz|/readiness|/metrics|/_proxy/.*)$")]
    private static partial Regex ProbeOrScrape();
}

using System.Text.RegularExpressions;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Whether one workload is as an alert says, from its own metrics and probes: the arithmetic of the rules without Prometheus.</summary>
/// <param name="readings">Asks it.</param>
/// <param name="instance">Which.</param>
/// <param name="objectives">What its clients are promised.</param>
internal sealed partial class WorkloadConditions(WorkloadReadings readings, WorkloadInstance instance, Objectives objectives) : IDisposable
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
    private readonly SemaphoreSlim _turn = new(1);
    private DateTimeOffset? _failingSince;

    /// <summary>Looks at everything that is counted over a window.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await FailsAsync(ct);
        await IsSlowAsync(ct);
        await GrowsAsync(ct);
    }

    /// <summary>More than 1 % of at least 20 requests of 30 s failed.</summary>
    public Task<bool> FailsAsync(CancellationToken ct) => InTurnAsync(async () =>
    {
        var now = await readings.SidecarAsync(instance, ct);
        var errors = _errors.Add(now.At, now.Sum(Requests, s => IsRequest(s) && Label(s, "status").StartsWith('5')));
        return IsLarge(errors, _all.Add(now.At, now.Sum(Requests, IsRequest)));
    }, ct);

    /// <summary>More than 1 % of at least 20 requests of 30 s were slower than the objective.</summary>
    public Task<bool> IsSlowAsync(CancellationToken ct) => InTurnAsync(async () =>
    {
        var now = await readings.SidecarAsync(instance, ct);
        var bound = FormattableString.Invariant($"{objectives.WorkloadLatencyP99Ms / 1000:0.###}");
        var all = now.Sum(Requests, IsRequest);
        var quick = now.Sum("http_server_request_duration_seconds_bucket", s => IsRequest(s) && Label(s, "le") == bound);
        return IsLarge(_slow.Add(now.At, all - quick), _allForSlow.Add(now.At, all));
    }, ct);

    /// <summary>The heap is more than 32 MiB above the least of the last minute, with at least 20 requests in 30 s.</summary>
    public Task<bool> GrowsAsync(CancellationToken ct) => InTurnAsync(async () =>
    {
        var now = await readings.ServiceAsync(instance, ct);
        var requests = await readings.SidecarAsync(instance, ct);
        var heap = now.Sum("dotnet_gc_heap_bytes");
        _heap.Enqueue((now.At, heap));
        while (_heap.Peek().At < now.At - HeapWindow)
        {
            _heap.Dequeue();
        }

        return _allForHeap.Add(requests.At, requests.Sum(Requests, IsRequest)) >= LeastRequests && heap - _heap.Min(h => h.Bytes) > LargestGrowth;
    }, ct);

    /// <summary>Half of its pool's connections are in use.</summary>
    public async Task<bool> HoldsConnectionsAsync(CancellationToken ct) =>
        (await readings.ServiceAsync(instance, ct)).Sum("db_client_connections", s => Label(s, "state") == "used") >= PoolShare;

    /// <summary>Its process answers, and for a second its liveness probe did not answer with 200.</summary>
    public async Task<bool> FailsProbeAsync(CancellationToken ct)
    {
        var asked = DateTimeOffset.UtcNow;
        var isFailing = await readings.StatusAsync(new Uri(instance.Service, "healthz"), ct) is { } status and not 200;
        _failingSince = isFailing ? _failingSince ?? asked : null;
        return asked - _failingSince >= TwoLooks;
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    /// <summary>Several ask, and a window takes its readings in their order.</summary>
    private async Task<bool> InTurnAsync(Func<Task<bool>> askAsync, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await askAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static bool IsLarge(double part, double all) => all >= LeastRequests && part / all > LargestShare;

    private static bool IsRequest(MetricSample sample) => !ProbeOrScrape().IsMatch(Label(sample, "route"));

    private static string Label(MetricSample sample, string name) => sample.Labels.GetValueOrDefault(name, "");

    [GeneratedRegex("^(/healthz|/readiness|/metrics|/_proxy/.*)$")]
    private static partial Regex ProbeOrScrape();
}

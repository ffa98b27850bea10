using System.Collections.Concurrent;
using System.Diagnostics;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>What the sample workloads tell of themselves, asked directly; however many probes ask, each program is asked ten times a second at most.</summary>
internal sealed class WorkloadReadings : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
    private readonly ConcurrentDictionary<Uri, Source> _sources = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Metrics of the service.</summary>
    public Task<Reading> ServiceAsync(WorkloadInstance instance, CancellationToken ct) => ReadAsync(new Uri(instance.Service, "metrics"), ct);

    /// <summary>The sidecar's own metrics.</summary>
    public Task<Reading> SidecarAsync(WorkloadInstance instance, CancellationToken ct) => ReadAsync(new Uri(instance.Proxy, "_proxy/metrics"), ct);

    /// <summary>The status that a service answers with; null when it does not answer.</summary>
    public async Task<int?> StatusAsync(Uri address, CancellationToken ct)
    {
        try
        {
            using var response = await _http.GetAsync(address, ct);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _http.Dispose();
        foreach (var source in _sources.Values)
        {
            source.Dispose();
        }
    }

    private async Task<Reading> ReadAsync(Uri address, CancellationToken ct)
    {
        var source = _sources.GetOrAdd(address, _ => new Source());
        await source.Turn.WaitAsync(ct);
        try
        {
            // Dated before the question, so that what the answer took counts against us.
            var now = _clock.Elapsed;
            if (source.Last is not { } last || now - last.At >= Freshness)
            {
                source.Last = new Reading(now, PrometheusText.Parse(await _http.GetStringAsync(address, ct)));
            }

            return source.Last;
        }
        finally
        {
            source.Turn.Release();
        }
    }

    private sealed class Source : IDisposable
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public Reading? Last { get; set; }

        public void Dispose() => Turn.Dispose();
    }
}

/// <summary>Metrics of one program at one moment.</summary>
/// <param name="At">When, on the clock of its readings.</param>
/// <param name="Metrics">The metrics.</param>
internal sealed record Reading(TimeSpan At, PrometheusText Metrics)
{
    /// <summary>The sum of a metric over the samples that are wanted; 0 when there is none.</summary>
    public double Sum(string name, Func<MetricSample, bool>? isWanted = null) =>
        Metrics.Samples.Where(s => s.Name == name && (isWanted?.Invoke(s) ?? true)).Sum(s => s.Value);
}

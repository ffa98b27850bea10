using SreLab.Workloads.ServiceDefaults.Metrics;

namespace SreLab.Workloads.EdgeProxy.Forwarding;

/// <summary>What the sidecar answered for the service.</summary>
internal sealed class ProxyMetrics(MetricRegistry registry)
{
    private readonly CounterMetric _timeouts = registry.Counter("proxy_upstream_timeouts_total", "Requests that the service did not answer in time.");
    private readonly CounterMetric _injected = registry.Counter("proxy_injected_504_total", "Requests that the defect random-504 answered.");

    /// <summary>The service did not answer in time.</summary>
    public void TimedOut() => _timeouts.Add(1);

    /// <summary>The defect answered.</summary>
    public void Injected() => _injected.Add(1);
}

using System.Diagnostics;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.ServiceDefaults.Metrics;

/// <summary>What every service tells about itself, its process and its machine.</summary>
internal static class ServiceMetrics
{
    public static void AddTo(MetricRegistry registry, ServiceSettings settings, ServiceLifecycle lifecycle, Readiness readiness, TimeProvider time)
    {
        registry.Gauge("workload_build_info", "Service and version; always 1.", () => [([new("service", settings.Service), new("version", settings.Version)], 1)]);
        registry.Gauge("workload_uptime_seconds", "Seconds since the service started.", () => lifecycle.Uptime.TotalSeconds);
        registry.Gauge("workload_ready", "1 when requests are welcome.", () => readiness.NotReadyBecause is null ? 1 : 0);
        registry.Gauge(
            "workload_defect_active",
            "1 for each defect that the service carries on purpose.",
            () => settings.Defects.Select(d => (new[] { KeyValuePair.Create("defect", d) }, 1d)));
        AddHost(registry, new HostResources(time));
        AddProcess(registry);
    }

    private static void AddHost(MetricRegistry registry, HostResources host)
    {
        registry.Gauge("workload_host_cpu_ratio", "Share of the machine's processors that was busy since the last scrape.", () => host.ProcessorRatio);
        registry.Gauge("workload_host_memory_total_bytes", "Memory of the machine.", () => host.MemoryTotalBytes);
        registry.Gauge("workload_host_memory_available_bytes", "Memory of the machine that is available.", () => host.MemoryAvailableBytes);
    }

    private static void AddProcess(MetricRegistry registry)
    {
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000d;
        registry.Gauge("process_start_time_seconds", "When the process started, in seconds since 1970.", () => started);
        registry.Gauge("process_resident_memory_bytes", "Memory that the process has in use.", () => Environment.WorkingSet);
        registry.CollectedCounter("process_cpu_seconds_total", "Processor time that the process used.", () => Environment.CpuUsage.TotalTime.TotalSeconds);
        registry.Gauge("process_open_fds", "Open file descriptors.", () => Directory.Exists("/proc/self/fd") ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : double.NaN);
        registry.Gauge("dotnet_gc_heap_bytes", "Live bytes on the heap after the last collection.", LiveHeap);
    }

    private static double LiveHeap()
    {
        var last = GC.GetGCMemoryInfo(GCKind.Any);
        return last.HeapSizeBytes - last.FragmentedBytes;
    }
}

using System.Diagnostics;
using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>What the burst left.</summary>
internal sealed record BurstSight(CountsRecord Counts, MemoryRecord Memory, ConnectionsRecord Connections, CpuRecord Cpu);

/// <summary>Many requests to one instance directly, and its own metrics before, during and after them.</summary>
internal static class BurstProbe
{
    private const int WarmUp = 100;
    private const int Looks = 8;

    /// <summary>A load whose 99th percentile is above it needs all of the burst side by side, or would take minutes.</summary>
    private const double SlowMs = 1000;

    /// <summary>What was warmed up is still being compiled for seconds: looks until one is quiet, at most this many; the quietest is what idling costs.</summary>
    private const int IdleLooks = 14;

    /// <summary>Processors; an instance that only answers probes takes less.</summary>
    private const double QuietCores = 0.08;

    /// <summary>Share of the machine's processors: beside more, a burst of some seconds does not show. After a failover its members are busy for a while.</summary>
    private const double QuietHost = 0.4;

    private static readonly TimeSpan IdleLength = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task<BurstSight> RunAsync(BatteryContext context, HttpLoadRecord? load, CancellationToken ct)
    {
        using var probe = new HttpProbe();
        return await RunAsync(probe, context, load, ct);
    }

    private static async Task<BurstSight> RunAsync(HttpProbe probe, BatteryContext context, HttpLoadRecord? load, CancellationToken ct)
    {
        var service = context.Instance.Service;
        var concurrency = load?.P99Ms > SlowMs ? context.Plan.BurstRequests : context.Plan.BurstConcurrency;
        if (load is not { P99Ms: > SlowMs })
        {
            await HttpBurst.RunAsync(service, Plans(context, WarmUp), concurrency, Deadline, ct);
        }

        var idle = await ScrapeAsync();
        var before = idle;
        var (idleCores, idleHost) = (double.MaxValue, Host(idle));
        var clock = new Stopwatch();
        for (var look = 0; look < IdleLooks && (idleCores > QuietCores || idleHost > QuietHost); look++)
        {
            var last = before;
            clock.Restart();
            await Task.Delay(IdleLength, ct);
            before = await ScrapeAsync();
            idleCores = Math.Min(idleCores, (Cpu(before) - Cpu(last)) / clock.Elapsed.TotalSeconds);
            idleHost = Math.Min(idleHost, Host(before));
        }

        clock.Restart();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watch = WatchHostAsync(probe, service, over.Token);
        var burst = await HttpBurst.RunAsync(service, Plans(context, context.Plan.BurstRequests), concurrency, Deadline, ct);
        var after = await ScrapeAsync();
        var loadCores = (Cpu(after) - Cpu(before)) / clock.Elapsed.TotalSeconds;
        var connections = await LookAtConnectionsAsync(context, probe, burst.Sent, ct);

        // Not before: the metric is of the last second at least, and a burst may be shorter.
        await over.CancelAsync();
        var peak = Math.Max(await watch, Host(after));
        var rested = await ScrapeAsync();
        var name = context.Instance.Name;
        return new BurstSight(
            new CountsRecord(name, burst.Sent, burst.Answered, concurrency, Value(before, "invoice_requests_total"), Value(rested, "invoice_requests_total")),
            new MemoryRecord(
                name, burst.Sent, Value(before, "dotnet_gc_heap_bytes"), Value(rested, "dotnet_gc_heap_bytes"),
                Value(before, "process_resident_memory_bytes"), Value(rested, "process_resident_memory_bytes")),
            connections,
            new CpuRecord(name, idleCores, loadCores, idleHost, peak));

        Task<PrometheusText> ScrapeAsync() => MetricsProbe.ScrapeAsync(probe, service, ct);
    }

    private static List<HttpPlan> Plans(BatteryContext context, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new HttpPlan(
            "/invoices/{id}", string.Create(CultureInfo.InvariantCulture, $"/invoices/{context.Sample[i % context.Sample.Count]}"), 200, false)),
    ];

    private static async Task<double> WatchHostAsync(HttpProbe probe, Uri service, CancellationToken over)
    {
        var peak = 0.0;
        while (!over.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(LookInterval, over);
                peak = Math.Max(peak, Host(await MetricsProbe.ScrapeAsync(probe, service, over)));
            }
            catch (Exception e) when (e is not FormatException)
            {
                // A busy instance may answer late; the next look counts.
            }
        }

        return peak;
    }

    private static async Task<ConnectionsRecord> LookAtConnectionsAsync(BatteryContext context, HttpProbe probe, int requests, CancellationToken ct)
    {
        var (used, busy, sessions) = (double.MaxValue, long.MaxValue, 0L);
        for (var look = 0; look < Looks; look++)
        {
            await Task.Delay(LookInterval, ct);
            used = Math.Min(used, (await MetricsProbe.ScrapeAsync(probe, context.Instance.Service, ct)).Sum("db_client_connections", ("state", "used")) ?? double.MaxValue);
            busy = Math.Min(busy, await CountAsync("state <> 'idle'"));
            sessions = Math.Max(sessions, await CountAsync("true"));
        }

        return new ConnectionsRecord(context.Instance.Name, requests, used, busy, sessions);

        async Task<long> CountAsync(string condition) => (long)(await AdminSql.RunAsync(
            context.Lab, Place.ReadWrite, $"select count(*) from pg_stat_activity where usename = '{RefusedLogins.Role}' and {condition}", ct))!;
    }

    private static double Cpu(PrometheusText metrics) => Value(metrics, "process_cpu_seconds_total");

    private static double Host(PrometheusText metrics) => Value(metrics, "workload_host_cpu_ratio");

    private static double Value(PrometheusText metrics, string name) => metrics.Sum(name) ?? 0;
}

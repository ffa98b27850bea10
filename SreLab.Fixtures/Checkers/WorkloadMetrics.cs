using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-metrics: each program's metrics can be read, are those of the contract, and show the processor's work.</summary>
public static class WorkloadMetrics
{
    /// <summary>Name of its probe.</summary>
    public const string Probe = "metrics";

    /// <summary>A process that works takes at least this many times the processor of an idle one.</summary>
    private const double LeastRise = 1.1;

    /// <summary>Above it the machine has no room in which a load could show.</summary>
    private const double BusyHost = 0.9;

    private static readonly string[] OfAll =
    [
        "workload_build_info", "workload_uptime_seconds", "workload_ready", "workload_defect_active", "workload_host_cpu_ratio", "workload_host_memory_total_bytes",
        "workload_host_memory_available_bytes", "process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds", "process_start_time_seconds",
        "dotnet_gc_heap_bytes", "http_server_request_duration_seconds",
    ];

    /// <summary>The contract's metrics by service.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Contract { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["invoice-app"] =
        [
            .. OfAll, "db_client_connections", "invoice_requests_total", "invoice_payments_total", "invoice_payments_cents_total", "invoice_payment_attempts_total",
            "invoice_payments_pending",
        ],
        ["payment-provider"] =
        [
            .. OfAll, "db_client_connections", "payments_accepted_total", "payments_accepted_cents_total", "payments_replayed_total", "payments_refused_total",
        ],
        ["edge-proxy"] = [.. OfAll, "proxy_upstream_timeouts_total", "proxy_injected_504_total"],
    };

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery)
    {
        const string Objective = "names of the contract";
        if (BatteryPart.Missing(battery, Probe, battery?.Metrics, Objective) is { } missing)
        {
            return missing;
        }

        var programs = battery!.Metrics!;
        List<string> doubts = [.. Contract.Keys.Except(programs.Select(p => p.Service)).Select(s => $"no {s} was looked at")];
        List<string> wrongs = [.. programs.SelectMany(Wrongs)];
        if (BatteryPart.Missing(battery, WorkloadCounts.Probe, battery.Cpu, Objective) is { } unseen)
        {
            doubts.Add(unseen.Summary);
        }
        else
        {
            Judge(battery.Cpu!, wrongs, doubts);
        }

        return BatteryPart.Judge(
            Invariant($"{programs.Count} programs have the contract's metrics"),
            Objective,
            Invariant($"{programs.Count} programs, {programs.Sum(p => p.Names.Count)} metrics"),
            wrongs,
            doubts);
    }

    private static IEnumerable<string> Wrongs(ServiceMetricsRecord program)
    {
        if (program.CheckExitCode != 0)
        {
            yield return $"promtool does not accept the metrics of {program.Program}: {program.CheckOutput}";
        }

        var lacking = Contract.GetValueOrDefault(program.Service, []).Except(program.Names).ToList();
        if (lacking.Count > 0)
        {
            yield return $"{program.Program} lacks {string.Join(", ", lacking)}";
        }
    }

    private static void Judge(CpuRecord cpu, List<string> wrongs, List<string> doubts)
    {
        var blame = cpu.HostIdleRatio >= BusyHost ? doubts : wrongs;
        if (cpu.LoadCores < cpu.IdleCores * LeastRise || cpu.LoadCores <= 0)
        {
            blame.Add(Invariant($"{cpu.Instance} used {cpu.LoadCores:0.000} processors under load and {cpu.IdleCores:0.000} before, by its own metric"));
        }

        if (cpu.HostLoadRatio <= cpu.HostIdleRatio && cpu.HostLoadRatio < BusyHost)
        {
            blame.Add(Invariant($"workload_host_cpu_ratio of {cpu.Instance} was {cpu.HostIdleRatio:0.00} before the load and {cpu.HostLoadRatio:0.00} at most during it"));
        }
    }
}

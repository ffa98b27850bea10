namespace SreLab.Fixtures.Evidence;

/// <summary>The benchmark: several passes and what the server did meanwhile.</summary>
public sealed record BenchRecord
{
    /// <summary>Start of the first pass.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Passes in the order in which they ran.</summary>
    public required IReadOnlyList<BenchPassRecord> Passes { get; init; }

    /// <summary>Statements by total time, from pg_stat_statements, over the closed-loop pass.</summary>
    public required IReadOnlyList<StatementRecord> TopStatements { get; init; }

    /// <summary>Share of samples by wait event (<c>CPU</c> when a backend was running), over the closed-loop pass; sums to 1.</summary>
    public required IReadOnlyList<WaitEventRecord> WaitEvents { get; init; }

    /// <summary>Host use over the closed-loop pass, by name: cpu_busy_ratio, cpu_iowait_ratio, cpu_steal_ratio, disk_write_bytes_per_second, disk_busy_ratio, load_1m.</summary>
    public required IReadOnlyDictionary<string, double> Host { get; init; }

    /// <summary>WAL bytes written over the closed-loop pass.</summary>
    public required long WalBytes { get; init; }

    /// <summary>Moments of the closed-loop pass in which clients waited much longer than usual; null when not recorded.</summary>
    public StallsRecord? Stalls { get; init; }
}

/// <summary>Moments in which clients waited much longer than usual.</summary>
/// <param name="ThresholdMs">Above this latency a moment is a stall: three times the median of the slowest of each tenth of a second.</param>
/// <param name="Count">How many there were.</param>
/// <param name="TailShare">Share of the slowest hundredth of the transactions that ended in one, 0 to 1.</param>
/// <param name="PeriodSeconds">They repeat with this period; null when they do not.</param>
/// <param name="Chance">How likely the period is by chance, over all periods that were tried; 1 when there was too little to try.</param>
/// <param name="Causes">What began at those moments, and hardly at others; the most telling first.</param>
public sealed record StallsRecord(double ThresholdMs, int Count, double TailShare, double? PeriodSeconds, double Chance, IReadOnlyList<StallCauseRecord> Causes);

/// <summary>Something that began when clients stalled.</summary>
/// <param name="What">In words.</param>
/// <param name="Stalls">Stalls in which it began.</param>
/// <param name="ByChance">In how many of them it would have been by chance, as a share.</param>
public sealed record StallCauseRecord(string What, int Stalls, double ByChance);

/// <summary>One pass of pgbench.</summary>
public sealed record BenchPassRecord
{
    /// <summary>closed-loop, open-loop or read-only.</summary>
    public required string Name { get; init; }

    /// <summary>The command without secrets, as a person can repeat it.</summary>
    public required string Command { get; init; }

    /// <summary>Start of the counted part.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Clients.</summary>
    public required int Clients { get; init; }

    /// <summary>pgbench threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Scheduled transactions per second; null in a closed loop.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Seconds of warm-up that were not counted.</summary>
    public required double WarmupSeconds { get; init; }

    /// <summary>Seconds counted, as asked.</summary>
    public required double Seconds { get; init; }

    /// <summary>Successful transactions counted from the raw logs.</summary>
    public required long Transactions { get; init; }

    /// <summary>Successful transactions per second.</summary>
    public required double Tps { get; init; }

    /// <summary>Latency of successful transactions; from the scheduled start in an open loop. Exact, from the raw logs.</summary>
    public required LatencyRecord Latency { get; init; }

    /// <summary>How many of them were slower than the objective; null when it was not counted.</summary>
    public SlowRecord? Slow { get; init; }

    /// <summary>What went wrong.</summary>
    public required BenchErrorsRecord Errors { get; init; }

    /// <summary>The same by script.</summary>
    public required IReadOnlyList<BenchScriptRecord> Scripts { get; init; }

    /// <summary>Per-second series file, relative to the run folder: CSV with second, tps, avg_ms, p50_ms, p95_ms, p99_ms, max_ms, errors.</summary>
    public required string SeriesFile { get; init; }

    /// <summary>Raw log files, relative to the run folder.</summary>
    public required IReadOnlyList<string> RawLogs { get; init; }

    /// <summary>What pgbench itself printed: tps, latency average and stddev in ms, transactions, failed, skipped, by name.</summary>
    public required IReadOnlyDictionary<string, double> PgbenchSaid { get; init; }

    /// <summary>Successful transactions in the raw logs with the warm-up, as pgbench counts them; null when not recorded.</summary>
    public long? LoggedTransactions { get; init; }

    /// <summary>Their mean latency in milliseconds, as pgbench computes it; null when there is none.</summary>
    public double? LoggedAverageMs { get; init; }

    /// <summary>Whether every session of a probe beside the pass was in recovery, so on a standby; null when the pass does not ask.</summary>
    public bool? OnStandby { get; init; }
}

/// <summary>Successful transactions that took longer than the objective of their time.</summary>
/// <param name="ThanMs">The objective, milliseconds.</param>
/// <param name="Transactions">How many took longer.</param>
public sealed record SlowRecord(decimal ThanMs, long Transactions);

/// <summary>A latency distribution in milliseconds.</summary>
/// <param name="Count">Samples.</param>
/// <param name="Average">Mean.</param>
/// <param name="P50">Median.</param>
/// <param name="P95">95th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="P999">99.9th percentile.</param>
/// <param name="Max">Worst.</param>
public sealed record LatencyRecord(long Count, double Average, double P50, double P95, double P99, double P999, double Max);

/// <summary>What went wrong in a pass: every way, not only what pgbench calls failed.</summary>
/// <param name="ExitCode">pgbench's exit code.</param>
/// <param name="Failed">Transactions in the log marked failed (serialization, deadlock).</param>
/// <param name="Skipped">Transactions that an open loop could not start in time and skipped.</param>
/// <param name="AbortedClients">Clients that gave up ("aborted" in pgbench's output).</param>
/// <param name="SilentSeconds">Whole seconds of the pass without one finished transaction, when 20 or more were to be expected in the silence.</param>
/// <param name="EstimatedLost">Transactions that aborted clients and silent seconds would have made at the median rate, and what an open loop scheduled but never started: counted as errors.</param>
/// <param name="ErrorLines">The first lines of pgbench's standard error that speak of errors.</param>
public sealed record BenchErrorsRecord(
    int ExitCode,
    long Failed,
    long Skipped,
    int AbortedClients,
    int SilentSeconds,
    long EstimatedLost,
    IReadOnlyList<string> ErrorLines)
{
    /// <summary>All operations that did not succeed.</summary>
    public long Total => Failed + Skipped + EstimatedLost;
}

/// <summary>One script of the mix.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Weight">Weight in the mix.</param>
/// <param name="Transactions">Successful transactions.</param>
/// <param name="Latency">Latency.</param>
public sealed record BenchScriptRecord(string Name, int Weight, long Transactions, LatencyRecord Latency);

/// <summary>A statement of pg_stat_statements.</summary>
/// <param name="Query">Normalized text, at most 200 characters.</param>
/// <param name="Calls">Calls.</param>
/// <param name="TotalMs">Execution time, milliseconds.</param>
/// <param name="Share">Share of all execution time, 0 to 1.</param>
/// <param name="MeanMs">Mean, milliseconds.</param>
public sealed record StatementRecord(string Query, long Calls, double TotalMs, double Share, double MeanMs);

/// <summary>A wait event with its share of samples.</summary>
/// <param name="Event">Type and event, for example <c>IPC:SyncRep</c>; <c>CPU</c> when running.</param>
/// <param name="Share">0 to 1.</param>
public sealed record WaitEventRecord(string Event, double Share);

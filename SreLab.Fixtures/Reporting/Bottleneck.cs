using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Reporting;

/// <summary>What held the closed loop back most, as the samples say: the largest group of waits, or the processors.</summary>
/// <param name="Kind">Which resource.</param>
/// <param name="Share">Its share of the samples, 0 to 1.</param>
/// <param name="Events">The wait events that made it, largest first.</param>
internal sealed record Bottleneck(BottleneckKind Kind, double Share, IReadOnlyList<WaitEventRecord> Events)
{
    /// <summary>From this busy share on, waits for other processes are waits for a processor as well.</summary>
    internal const double SaturatedRatio = 0.85;

    /// <summary>Groups the samples by what is waited for and picks the largest; null when nothing was sampled.</summary>
    internal static Bottleneck? Of(BenchRecord bench) => bench.WaitEvents
        .GroupBy(w => Classify(w.Event))
        .Select(g => new Bottleneck(g.Key, g.Sum(w => w.Share), [.. g.OrderByDescending(w => w.Share)]))
        .OrderByDescending(b => b.Share)
        .FirstOrDefault();

    internal string Describe() => Kind switch
    {
        BottleneckKind.Processor => "executing on a processor",
        BottleneckKind.Replication => "waiting for the synchronous standby to confirm commits",
        BottleneckKind.WriteAheadLog => "waiting for the write-ahead log to reach the disk",
        BottleneckKind.DataRead => "reading and writing data files",
        BottleneckKind.RowLock => "waiting for locks that other transactions hold",
        BottleneckKind.InternalLock => "waiting for PostgreSQL's internal locks",
        BottleneckKind.Client => "waiting for the client",
        _ => "waiting for something else",
    };

    private static BottleneckKind Classify(string name) => name switch
    {
        "CPU" => BottleneckKind.Processor,
        "IPC:SyncRep" => BottleneckKind.Replication,
        _ when name.Contains("WAL", StringComparison.Ordinal) => BottleneckKind.WriteAheadLog,
        _ when name.StartsWith("IO:", StringComparison.Ordinal) => BottleneckKind.DataRead,
        _ when name.StartsWith("Lock:", StringComparison.Ordinal) => BottleneckKind.RowLock,
        _ when name.StartsWith("LWLock:", StringComparison.Ordinal) || name.StartsWith("BufferPin:", StringComparison.Ordinal) => BottleneckKind.InternalLock,
        _ when name.StartsWith("Client:", StringComparison.Ordinal) => BottleneckKind.Client,
        _ => BottleneckKind.Other,
    };
}

/// <summary>What a backend can be held back by.</summary>
internal enum BottleneckKind
{
    Other = 0,
    Processor = 1,
    Replication = 2,
    WriteAheadLog = 3,
    DataRead = 4,
    RowLock = 5,
    InternalLock = 6,
    Client = 7,
}

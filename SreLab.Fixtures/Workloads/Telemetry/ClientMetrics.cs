using System.Globalization;
using System.Text;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Workloads.Telemetry;

/// <summary>Whose operations are counted.</summary>
public enum ClientSource
{
    /// <summary>The ledger's writers.</summary>
    Ledger = 0,

    /// <summary>The benchmark's clients.</summary>
    Pgbench = 1,
}

/// <summary>What became of an operation, from the client's side.</summary>
public enum ClientOutcome
{
    /// <summary>Acknowledged in time.</summary>
    Ok = 0,

    /// <summary>The server said no, or nobody answered the door.</summary>
    Refused = 1,

    /// <summary>The client never learned.</summary>
    Indeterminate = 2,

    /// <summary>Not answered by its deadline, rolled back, skipped, or lost with its client.</summary>
    Failed = 3,
}

/// <summary>The clients' view of the service while they run, as counters for Prometheus.</summary>
/// <remarks>
/// Safe for many threads: an operation costs two or three atomic additions, no lock and no allocation. Every series is there from the
/// start with 0, so that a rate sees the first error. Counters start again at 0 with the process; <c>rate()</c> takes that for a reset.
/// </remarks>
public sealed class ClientMetrics
{
    private static readonly ClientSource[] Sources = Enum.GetValues<ClientSource>();
    private static readonly ClientOutcome[] Outcomes = Enum.GetValues<ClientOutcome>();
    private static readonly decimal[] UsualBounds = [0.001m, 0.0025m, 0.005m, 0.01m, 0.025m, 0.05m, 0.1m, 0.25m, 0.5m, 1, 2.5m, 5, 10, 30];

    private readonly long[] _operations = new long[Sources.Length * Outcomes.Length];
    private readonly string[] _labels;
    private readonly double[] _bounds;
    private readonly long[] _buckets;
    private readonly int _objectiveBucket;
    private readonly long[] _sumMicros = new long[Sources.Length];

    /// <summary>Starts at 0.</summary>
    /// <param name="objectives">The latency objective is the bound of a bucket, so that what keeps it can be counted exactly.</param>
    public ClientMetrics(Objectives objectives)
    {
        decimal[] bounds = [.. UsualBounds.Append(objectives.BenchLatencyP99Ms / 1000).Distinct().Order()];
        _labels = [.. bounds.Select(ClientSeries.Bound), "+Inf"];
        _bounds = [.. bounds.Select(b => (double)b)];
        _objectiveBucket = Array.IndexOf(bounds, objectives.BenchLatencyP99Ms / 1000);
        _buckets = new long[Sources.Length * _labels.Length];
    }

    /// <summary>Counts operations whose outcome is known.</summary>
    /// <param name="source">Whose.</param>
    /// <param name="outcome">How they ended.</param>
    /// <param name="operations">How many, 0 or more.</param>
    public void Count(ClientSource source, ClientOutcome outcome, long operations = 1) =>
        Interlocked.Add(ref _operations[Index(source, outcome)], operations);

    /// <summary>Adds the latency of an acknowledged operation, however late it was.</summary>
    /// <param name="source">Whose.</param>
    /// <param name="seconds">From the scheduled moment where there is a schedule.</param>
    public void ObserveLatency(ClientSource source, double seconds)
    {
        var bucket = 0;
        while (bucket < _bounds.Length && seconds > _bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets[((int)source * _labels.Length) + bucket]);
        Interlocked.Add(ref _sumMicros[(int)source], (long)(Math.Max(0, seconds) * 1e6));
    }

    /// <summary>How many operations were counted so far.</summary>
    public long Operations(ClientSource source, ClientOutcome outcome) => Interlocked.Read(ref _operations[Index(source, outcome)]);

    /// <summary>All counters together, as they are now.</summary>
    public ClientTotals Totals()
    {
        long operations = 0, bad = 0, timed = 0, slow = 0;
        foreach (var source in Sources)
        {
            foreach (var outcome in Outcomes)
            {
                var counted = Operations(source, outcome);
                operations += counted;
                bad += outcome == ClientOutcome.Ok ? 0 : counted;
            }

            for (var bucket = 0; bucket < _labels.Length; bucket++)
            {
                var counted = Interlocked.Read(ref _buckets[((int)source * _labels.Length) + bucket]);
                timed += counted;
                slow += bucket > _objectiveBucket ? counted : 0;
            }
        }

        return new ClientTotals(operations, bad, timed, slow);
    }

    /// <summary>Everything in Prometheus' text format, version 0.0.4.</summary>
    public string Render()
    {
        var text = new StringBuilder();
        Head(text, ClientSeries.Operations, "counter", "Operations of the suite's clients; everything but ok counts against availability.");
        foreach (var source in Sources)
        {
            foreach (var outcome in Outcomes)
            {
                text.Append(CultureInfo.InvariantCulture, $"{ClientSeries.Operations}{{source=\"{Name(source)}\",outcome=\"{Name(outcome)}\"}} {Operations(source, outcome)}\n");
            }
        }

        Head(text, ClientSeries.Latency, "histogram", "Latency of acknowledged operations in seconds, from the scheduled moment where there is a schedule.");
        foreach (var source in Sources)
        {
            AppendHistogram(text, source);
        }

        return text.ToString();
    }

    private static int Index(ClientSource source, ClientOutcome outcome) => ((int)source * Outcomes.Length) + (int)outcome;

    private static string Name(Enum value) => value.ToString().ToLowerInvariant();

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private void AppendHistogram(StringBuilder text, ClientSource source)
    {
        var cumulative = 0L;
        for (var bucket = 0; bucket < _labels.Length; bucket++)
        {
            cumulative += Interlocked.Read(ref _buckets[((int)source * _labels.Length) + bucket]);
            text.Append(CultureInfo.InvariantCulture, $"{ClientSeries.Latency}_bucket{{source=\"{Name(source)}\",le=\"{_labels[bucket]}\"}} {cumulative}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{ClientSeries.Latency}_sum{{source=\"{Name(source)}\"}} {Interlocked.Read(ref _sumMicros[(int)source]) / 1e6:0.######}\n");
        text.Append(CultureInfo.InvariantCulture, $"{ClientSeries.Latency}_count{{source=\"{Name(source)}\"}} {cumulative}\n");
    }
}

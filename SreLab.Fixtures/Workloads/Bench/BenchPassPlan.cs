using System.Globalization;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>One pass of pgbench as it is asked for.</summary>
public sealed record BenchPassPlan
{
    /// <summary>Name of the closed-loop pass.</summary>
    public const string ClosedLoop = "closed-loop";

    /// <summary>Name of the open-loop pass.</summary>
    public const string OpenLoop = "open-loop";

    /// <summary>Name of the pass on the read-only endpoint.</summary>
    public const string ReadOnly = "read-only";

    /// <summary>Name of the pass and of its folder below <c>30-bench</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Scripts with their weights, at least one.</summary>
    public required IReadOnlyList<BenchScript> Scripts { get; init; }

    /// <summary>Variables that the scripts use: how many customers, products and invoices there are.</summary>
    public required IReadOnlyDictionary<string, long> Variables { get; init; }

    /// <summary>Clients, 1 to 64.</summary>
    public required int Clients { get; init; }

    /// <summary>pgbench threads, 1 to <see cref="Clients"/>; one more than there are processors only costs switches.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Seconds before the counted part, 0 or more.</summary>
    public required int WarmupSeconds { get; init; }

    /// <summary>Seconds counted, from 1.</summary>
    public required int Seconds { get; init; }

    /// <summary>Scheduled transactions per second; null for a closed loop.</summary>
    public int? RatePerSecond { get; init; }

    /// <summary>Transactions slower than this are counted, milliseconds; null counts none.</summary>
    public decimal? LatencyObjectiveMs { get; init; }

    /// <summary>Decides what pgbench draws.</summary>
    public int RandomSeed { get; init; }

    /// <summary>Arguments of pgbench, without what makes it log: a run with these alone is the raw pgbench to compare with.</summary>
    /// <remarks>Relative to the folder <c>30-bench</c>, where <c>scripts/</c> lies. Host, user and password travel in the environment.</remarks>
    public IReadOnlyList<string> Arguments()
    {
        List<string> arguments = ["--no-vacuum", "--protocol=prepared", $"--random-seed={Text(RandomSeed)}"];
        arguments.AddRange(Scripts.Select(script => $"--file=scripts/{script.Name}.sql@{Text(script.Weight)}"));
        arguments.AddRange(Variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"--define={v.Key}={Text(v.Value)}"));
        arguments.AddRange(["-c", Text(Clients), "-j", Text(Threads), "-T", Text(WarmupSeconds + Seconds)]);
        if (RatePerSecond is { } rate)
        {
            arguments.Add($"--rate={Text(rate)}");
        }

        return arguments;
    }

    /// <summary>The same with the transaction log and a progress line every second.</summary>
    /// <param name="folder">Folder of the logs, relative to <c>30-bench</c>.</param>
    internal IReadOnlyList<string> LoggedArguments(string folder) =>
        [.. Arguments(), "-P", "1", "-l", $"--log-prefix={folder}/{PgbenchLogs.Prefix}"];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>What pgbench says about a run on its standard output and error.</summary>
internal static partial class PgbenchOutput
{
    private const int MostErrorLines = 20;

    /// <summary>The figures of the summary by name; a figure that is not there was not printed.</summary>
    public static IReadOnlyDictionary<string, double> Summary(string output)
    {
        var said = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (Match match in SummaryLine().Matches(output))
        {
            var name = match.Groups["name"].Value switch
            {
                "number of transactions actually processed: " => "transactions",
                "number of failed transactions: " => "failed",
                "number of transactions skipped: " => "skipped",
                "latency stddev = " => "latency_stddev_ms",
                "initial connection time = " => "initial_connection_ms",
                "tps = " => "tps",
                _ => "latency_average_ms",
            };
            said.TryAdd(name, double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
        }

        return said;
    }

    /// <summary>Numbers of the clients that gave up. pgbench calls none of their transactions failed.</summary>
    public static IReadOnlySet<int> AbortedClients(string error) =>
        AbortedClient().Matches(error).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToHashSet();

    /// <summary>The first lines of standard error that are neither progress nor the random seed.</summary>
    public static IReadOnlyList<string> ErrorLines(string error) =>
    [
        .. error.Split('\n')
            .Select(line => line.TrimEnd())
            .Where(line => line.Length > 0
                && !line.StartsWith("progress: ", StringComparison.Ordinal)
                && !line.StartsWith("pgbench: setting random seed to ", StringComparison.Ordinal))
            .Take(MostErrorLines),
    ];

    /// <summary>TPS and failed transactions of a progress line (<c>-P</c>); null when the line is another one.</summary>
    public static (double Tps, long Failed)? Progress(string line)
    {
        var match = ProgressLine().Match(line);
        return match.Success
            ? (double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Success ? long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0)
            : null;
    }

    // Lines of a single script begin with " - " and are left out. "tps" of version 13 and older came twice, with another comment.
    [GeneratedRegex(
        @"^(?<name>number of transactions actually processed: |number of failed transactions: |number of transactions skipped: |latency average(?: \([a-z ]+\))? = |latency stddev = |initial connection time = |tps = )(?<value>\d+(?:\.\d+)?)",
        RegexOptions.Multiline)]
    private static partial Regex SummaryLine();

    [GeneratedRegex(@"^pgbench: (?:error: )?client (\d+) .*\baborted\b", RegexOptions.Multiline)]
    private static partial Regex AbortedClient();

    [GeneratedRegex(@"^progress: [\d.]+ s, ([\d.]+) tps, .*?(?:(\d+) failed)?(?:, lag .*|, \d+ skipped.*|, \d+ retried.*)?$")]
    private static partial Regex ProgressLine();
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Kubernetes.Bench;

/// <summary>What one pod's pgbench left.</summary>
/// <param name="Share">Its part.</param>
/// <param name="Pod">Its pod.</param>
/// <param name="Node">The pod's node.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record BenchPart(BenchShare Share, string Pod, string Node, int ExitCode, string Output, string Error);

/// <summary>Makes one pass of its parts, so that everything after it reads what one pgbench would have written.</summary>
internal static partial class BenchMerge
{
    /// <summary>The summary of all, in pgbench's words; no summary when a part has none, because a sum of some would be wrong.</summary>
    public static string Output(IReadOnlyList<BenchPart> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"pod {part.Pod} on node {part.Node}: exit code {part.ExitCode}, clients from {part.Share.FirstClient}, pgbench {string.Join(' ', part.Share.Arguments)}\n");
        }

        var said = parts.Select(p => PgbenchOutput.Summary(p.Output)).ToList();
        if (said.Count == 0 || said.Any(s => !s.ContainsKey("transactions")))
        {
            return text.ToString();
        }

        var transactions = said.Sum(s => s["transactions"]);
        text.Append(CultureInfo.InvariantCulture, $"number of transactions actually processed: {transactions:0}\n");
        Sum("failed", "number of failed transactions: ");
        Sum("skipped", "number of transactions skipped: ");
        if (said.All(s => s.ContainsKey("latency_average_ms")) && transactions > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"latency average = {said.Sum(s => s["latency_average_ms"] * s["transactions"]) / transactions:0.000} ms\n");
        }

        if (said.All(s => s.ContainsKey("initial_connection_ms")))
        {
            text.Append(CultureInfo.InvariantCulture, $"initial connection time = {said.Max(s => s["initial_connection_ms"]):0.000} ms\n");
        }

        if (said.All(s => s.ContainsKey("tps")))
        {
            text.Append(CultureInfo.InvariantCulture, $"tps = {said.Sum(s => s["tps"]):0.000000} (without initial connection time)\n");
        }

        return text.ToString();

        void Sum(string name, string words)
        {
            if (said.Any(s => s.ContainsKey(name)))
            {
                text.Append(CultureInfo.InvariantCulture, $"{words}{said.Sum(s => s.GetValueOrDefault(name)):0}\n");
            }
        }
    }

    /// <summary>Standard error of all, with the numbers that clients have in the whole pass.</summary>
    public static string Error(IReadOnlyList<BenchPart> parts) => string.Concat(parts.Select(p => Line(p.Error, p.Share.FirstClient)));

    /// <summary>A line of standard error with the client's number in the whole pass.</summary>
    public static string Line(string text, int firstClient) => ClientInText().Replace(
        text,
        m => string.Create(CultureInfo.InvariantCulture, $"{m.Groups[1].Value}{int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture) + firstClient}"));

    /// <summary>A line of a log with the client's number in the whole pass: it is the first word.</summary>
    public static string LogLine(string line, int firstClient)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && int.TryParse(line.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var client)
            ? string.Create(CultureInfo.InvariantCulture, $"{client + firstClient}{line[end..]}")
            : line;
    }

    /// <summary>Name of a part's log among those of all: pods have the same process ids.</summary>
    public static string LogName(string name, int index)
    {
        var words = name.Split('.', 3);
        return string.Create(CultureInfo.InvariantCulture, $"{BenchShares.LogPrefix}.{index + 1}{int.Parse(words[1], CultureInfo.InvariantCulture):0000000}{(words.Length > 2 ? "." + words[2] : "")}");
    }

    [GeneratedRegex(@"^(pgbench: (?:error: )?client )(\d+)", RegexOptions.Multiline)]
    private static partial Regex ClientInText();
}

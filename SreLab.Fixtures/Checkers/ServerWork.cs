using System.Globalization;
using SreLab.Fixtures.Diagnosis;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>What servers had to do within an outage: end with their checkpoint, start, replay, promote.</summary>
/// <remarks>
/// Planned work and a cold start cannot be had without it, and how long it takes is the machine's: a third of the processors makes three times of it.
/// What is promised of such faults is the rest of the outage: how long the cluster manager, the store, the proxy and clients took to see what
/// was done. So the work is taken from the servers' own logs of that very fault, its parts are united (two servers that work at once are one
/// time), and only what lies within the outage counts. It is told with the verdict, and a log that does not show it makes nothing milder.
/// </remarks>
public sealed class ServerWork
{
    private const string Ready = "database system is ready to accept";

    // postmaster.c and xlog.c: how each kind of work begins and ends in a server's log.
    private static readonly (string What, string From, string To)[] Kinds =
    [
        ("shut down", "received fast shutdown request", "database system is shut down"),
        ("started", "starting PostgreSQL", Ready),
        ("promoted", "received promote request", Ready),
    ];

    private readonly IReadOnlyList<Part> _parts;

    /// <summary>Reads it from what servers logged; null when nothing was captured.</summary>
    public ServerWork(LogHistory? logs) => _parts = logs is null
        ? []
        : [.. logs.Lines.SelectMany(m => Of(m.Key, [.. m.Value.Select(ServerLogLine.TryRead).OfType<ServerLogLine>()], logs.Record.StartedUtc)).OrderBy(p => p.FromMs)];

    /// <summary>Seconds within a time in which at least one server worked.</summary>
    /// <param name="fromMs">Its begin, milliseconds of the history.</param>
    /// <param name="toMs">Its end.</param>
    public double SecondsWithin(double fromMs, double toMs)
    {
        var (sum, until) = (0.0, fromMs);
        foreach (var part in _parts)
        {
            sum += Math.Max(0, Math.Min(part.ToMs, toMs) - Math.Max(part.FromMs, until));
            until = Math.Max(until, part.ToMs);
        }

        return sum / 1000;
    }

    /// <summary>What servers did within a time, for people.</summary>
    public string Describe(double fromMs, double toMs) => string.Join(", ", _parts
        .Select(p => p with { FromMs = Math.Max(p.FromMs, fromMs), ToMs = Math.Min(p.ToMs, toMs) })
        .Where(p => p.ToMs > p.FromMs)
        .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Member} {p.What} in {(p.ToMs - p.FromMs) / 1000:0.0} s")));

    private static IEnumerable<Part> Of(string member, IReadOnlyList<ServerLogLine> lines, DateTimeOffset startedUtc)
    {
        foreach (var (what, from, to) in Kinds)
        {
            DateTimeOffset? begun = null;
            foreach (var line in lines.Where(l => l.Severity == "LOG"))
            {
                if (line.Message.StartsWith(from, StringComparison.Ordinal))
                {
                    begun = line.At;
                }
                else if (begun is { } at && line.Message.StartsWith(to, StringComparison.Ordinal))
                {
                    yield return new Part(member, what, (at - startedUtc).TotalMilliseconds, (line.At - startedUtc).TotalMilliseconds);
                    begun = null;
                }
            }
        }
    }

    private sealed record Part(string Member, string What, double FromMs, double ToMs);
}

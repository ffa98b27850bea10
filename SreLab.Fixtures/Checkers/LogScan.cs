using System.Globalization;
using SreLab.Fixtures.Diagnosis;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>A message that a scenario brings about on purpose.</summary>
/// <param name="Member">On which member; on any other it is as bad as ever.</param>
/// <param name="Fragment">Part of its text.</param>
/// <param name="Why">One clause, for whoever reads the scenario.</param>
public sealed record ExpectedLogLine(string Member, string Fragment, string Why);

/// <summary>Members' logs tell of no panic, no damaged data, and of nobody who was thrown out without a reason.</summary>
/// <remarks>
/// Method: every line that PostgreSQL appended to its log during the experiment. PANIC, signs of damaged data and processes that crashed break it
/// anywhere, unless the scenario names them for that member; a process that was killed is fine inside of a fault's window. FATAL ends one session: inside of a fault's window the kinds that a fault brings with it are named in a
/// list, outside of it a short one; every other FATAL breaks it. A log that is missing, was cut, does not show what the server was told to
/// log at the end, or does not show the restart of a member that was restarted is not the log of what happened.
/// </remarks>
public static class LogScan
{
    /// <summary>Lines carry the wall clock and windows the history's, so that an edge is not sharper than this.</summary>
    private static readonly TimeSpan Edge = TimeSpan.FromMilliseconds(250);

    /// <summary>SIGKILL: what faults send, and what no process sends itself.</summary>
    private const int Killed = 9;

    private const string Objective = "no PANIC, no damage, no crash, no FATAL without a reason";
    private const int Shown = 10;

    /// <summary>Judges the logs of one experiment.</summary>
    /// <param name="logs">What was logged; null when nothing was captured.</param>
    /// <param name="faults">What was broken meanwhile; at least one.</param>
    /// <param name="restarted">Members whose server was started meanwhile, as the experiment knows: their logs must show it.</param>
    /// <param name="expected">What the scenario brings about on purpose.</param>
    public static Verdict Check(LogHistory? logs, IReadOnlyList<FaultWindow> faults, IReadOnlyCollection<string> restarted, IReadOnlyList<ExpectedLogLine> expected)
    {
        if (logs is null || logs.Record.Members.Count == 0)
        {
            return Verdict.Unknown("log scan unknown: no member's log was captured.", Objective);
        }

        var after = string.Join(" and ", faults.Select(f => f.Fault).Take(3));
        var read = logs.Lines.ToDictionary(l => l.Key, l => l.Value.Select(ServerLogLine.TryRead).OfType<ServerLogLine>().ToList());
        var wrongs = read.OrderBy(m => m.Key, StringComparer.Ordinal)
            .SelectMany(m => m.Value
                .Where(l => !expected.Any(e => e.Member == m.Key && l.Message.Contains(e.Fragment, StringComparison.Ordinal)))
                .Select(l => (Line: l, Wrong: Wrong(l, AtMs(l), faults)))
                .Where(l => l.Wrong is not null)
                .Select(l => string.Create(CultureInfo.InvariantCulture, $"{m.Key}: {l.Wrong} at +{AtMs(l.Line) / 1000:0.000} s: {l.Line.Message} ({l.Line.Line.File}:{l.Line.Line.Number})")))
            .ToList();
        var measured = string.Create(CultureInfo.InvariantCulture, $"{wrongs.Count:N0} of {read.Values.Sum(l => l.Count):N0} messages");
        if (wrongs.Count > 0)
        {
            return Verdict.Broken($"log scan broken in {after}: {wrongs[0]}.", Objective, measured, [.. wrongs.Take(Shown)]);
        }

        var doubts = Doubts(logs, read, faults, restarted).ToList();
        return doubts.Count > 0
            ? Verdict.Unknown($"log scan unknown in {after}: {doubts[0]}.", Objective, details: doubts)
            : Verdict.Holds(
                string.Create(CultureInfo.InvariantCulture, $"{read.Values.Sum(l => l.Count):N0} messages of {read.Count} members in {after}: no panic, no damage, no crash, no unexplained FATAL."),
                Objective,
                measured,
                [.. read.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => Summary(m.Key, m.Value))]);

        double AtMs(ServerLogLine line) => (line.At - logs.Record.StartedUtc).TotalMilliseconds;
    }

    private static string? Wrong(ServerLogLine line, double atMs, IReadOnlyList<FaultWindow> faults)
    {
        if (line.Severity == "PANIC")
        {
            return "PANIC";
        }

        if (LogKinds.IsCorruption(line))
        {
            return $"damage ({line.Severity})";
        }

        var edgeMs = Edge.TotalMilliseconds;
        var isInside = faults.Any(f => f.Contains(atMs) || f.Contains(atMs + edgeMs) || f.Contains(atMs - edgeMs));
        if (LogKinds.CrashSignal(line) is { } signal && !(isInside && signal == Killed))
        {
            return "crash";
        }

        if (line.Severity != "FATAL")
        {
            return null;
        }

        var isFine = LogKinds.WhenFatal(line.Message) switch
        {
            FatalWhen.Always => true,
            FatalWhen.FromFault => faults.Any(f => atMs + edgeMs >= f.InjectedMs),
            FatalWhen.Inside => isInside,
            _ => false,
        };
        return isFine ? null : $"FATAL {(isInside ? "inside" : "outside")} of the fault";
    }

    private static IEnumerable<string> Doubts(
        LogHistory logs, Dictionary<string, List<ServerLogLine>> read, IReadOnlyList<FaultWindow> faults, IReadOnlyCollection<string> restarted)
    {
        if (faults.Doubt() is { } doubt)
        {
            yield return doubt;
        }

        foreach (var member in logs.Record.Members)
        {
            if (!read.TryGetValue(member.Member, out var lines))
            {
                yield return $"the log of {member.Member} is missing";
            }
            else if (member.WasReplaced)
            {
                yield return $"the log of {member.Member} was cut or replaced meanwhile, so lines are missing";
            }
            else if (restarted.Contains(member.Member) && !lines.Any(LogKinds.IsStart))
            {
                yield return $"{member.Member} was restarted, and its log {(lines.Count == 0 ? "is empty" : "does not show it")}";
            }
            else if (logs.Record.Mark is { } mark ? !lines.Any(l => l.Message.Contains(mark, StringComparison.Ordinal)) : lines.Count == 0)
            {
                yield return $"the log of {member.Member} {(logs.Record.Mark is null ? "is empty" : "does not show what its server was told to log")}, so it may be another one";
            }
        }

        foreach (var member in restarted.Where(r => !logs.Record.Members.Any(m => m.Member == r)))
        {
            yield return $"the log of {member} was not captured";
        }
    }

    private static string Summary(string member, List<ServerLogLine> lines)
    {
        var fatals = lines.Where(l => l.Severity == "FATAL").GroupBy(l => LogKinds.FatalKind(l.Message)).OrderByDescending(g => g.Count())
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count():N0} \"{g.Key}\""));
        return string.Create(CultureInfo.InvariantCulture, $"{member}: {lines.Count:N0} messages; FATAL: {string.Join(", ", fatals.DefaultIfEmpty("none"))}");
    }
}

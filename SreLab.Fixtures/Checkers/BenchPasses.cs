using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>What the checkers of the benchmark share: finding passes, and the words for them.</summary>
internal static class BenchPasses
{
    public const string ClosedLoop = "closed-loop";
    public const string OpenLoop = "open-loop";
    public const string ReadOnly = "read-only";

    /// <summary>The pass; null when the record is not there or does not have it.</summary>
    public static BenchPassRecord? Find(BenchRecord? record, string name) => record?.Passes.FirstOrDefault(pass => pass.Name == name);

    /// <summary>What keeps passes from being judged at all: not run, or without a transaction; null when nothing does.</summary>
    /// <param name="record">The benchmark.</param>
    /// <param name="promise">The promise, as the summary begins.</param>
    /// <param name="names">The passes that it needs.</param>
    public static Verdict? Missing(BenchRecord? record, string promise, params IReadOnlyList<string> names)
    {
        if (record is null)
        {
            return Verdict.Unknown($"{promise} unknown: the benchmark was not run");
        }

        var absent = names.Where(name => Find(record, name) is null).ToList();
        if (absent.Count > 0)
        {
            return Verdict.Unknown($"{promise} unknown: no {string.Join(" and no ", absent)} pass was run");
        }

        var empty = names.Where(name => Find(record, name)!.Transactions <= 0).ToList();
        return empty.Count > 0
            ? Verdict.Unknown($"{promise} unknown: not one transaction of the {string.Join(" and the ", empty)} pass succeeded", details: Troubles(record, names))
            : null;
    }

    /// <summary>Operations of a pass that did not succeed, over all of its operations.</summary>
    public static double ErrorRatio(BenchPassRecord pass) =>
        pass.Errors.Total == 0 ? 0 : (double)pass.Errors.Total / (pass.Transactions + pass.Errors.Total);

    /// <summary>Whatever went wrong in the passes, a line each.</summary>
    public static IReadOnlyList<string> Troubles(BenchRecord record, IReadOnlyList<string> names) =>
        [.. names.Select(name => Find(record, name)).OfType<BenchPassRecord>().SelectMany(Troubles)];

    /// <summary>A number as a summary shows it.</summary>
    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Troubles(BenchPassRecord pass)
    {
        var errors = pass.Errors;
        (bool Is, string Line)[] all =
        [
            (errors.ExitCode != 0, $"{pass.Name}: pgbench ended with exit code {errors.ExitCode}: the pass is incomplete"),
            (errors.AbortedClients > 0, FormattableString.Invariant($"{pass.Name}: {errors.AbortedClients} of {pass.Clients} clients aborted")),
            (errors.SilentSeconds > 0, FormattableString.Invariant($"{pass.Name}: {errors.SilentSeconds} of {pass.Seconds:0} s without a finished transaction")),
            (errors.Failed > 0, FormattableString.Invariant($"{pass.Name}: {errors.Failed:N0} transactions failed")),
            (errors.Skipped > 0, FormattableString.Invariant($"{pass.Name}: {errors.Skipped:N0} transactions skipped")),
            (errors.EstimatedLost > 0, FormattableString.Invariant($"{pass.Name}: about {errors.EstimatedLost:N0} transactions never came to be")),
        ];
        return all.Where(trouble => trouble.Is)
            .Select(trouble => trouble.Line)
            .Concat(errors.ExitCode != 0 || errors.AbortedClients > 0 ? errors.ErrorLines.Take(3).Select(line => $"{pass.Name}: {line}") : []);
    }
}

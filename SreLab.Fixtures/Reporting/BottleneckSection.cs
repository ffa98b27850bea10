using System.Text;
using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>The bottleneck in two or three sentences, each made from what was sampled.</summary>
internal static class BottleneckSection
{
    private const int QueryLength = 90;

    internal static void Append(StringBuilder page, RunEvidence evidence)
    {
        page.Append("\n## Bottleneck\n");
        if (evidence.Bench is not { } bench)
        {
            page.Append(Invariant($"Unknown: {evidence.WhyMissing(EvidenceFiles.Bench)}.\n"));
            return;
        }

        page.AppendJoin(' ', [Waits(bench), Host(bench), Statement(bench), .. Stalls(bench)]).Append('\n');
    }

    private static string Waits(BenchRecord bench)
    {
        if (Bottleneck.Of(bench) is not { } bottleneck)
        {
            return "Unknown: no wait event was sampled.";
        }

        var events = string.Join(", ", bench.WaitEvents.OrderByDescending(w => w.Share).Take(4).Select(w => $"`{w.Event}` {Figures.Share(w.Share)}"));
        return $"Backends spent the largest part of their active time ({Figures.Share(bottleneck.Share)} of samples) {bottleneck.Describe()}: {events}.";
    }

    private static string Host(BenchRecord bench)
    {
        if (!bench.Host.TryGetValue("cpu_busy_ratio", out var busy))
        {
            return "Use of the host is unknown: cpu_busy_ratio was not recorded.";
        }

        List<string> also = [];
        Add("cpu_iowait_ratio", "waiting for disks");
        Add("cpu_steal_ratio", "stolen by the hypervisor");
        Add("disk_busy_ratio", "disk busy");
        var waitsOnly = Bottleneck.Of(bench) is { Kind: not BottleneckKind.Processor };
        var meaning = (busy >= Bottleneck.SaturatedRatio, waitsOnly) switch
        {
            (true, true) => ": saturated, so those waits are partly waits for a processor that members and clients share",
            (true, false) => ": saturated, shared by members and clients",
            (false, true) => ": not saturated, so the waits and not the processors set the limit",
            _ => "",
        };
        return $"Processors were {Figures.Share(busy)} busy{(also.Count > 0 ? $" ({string.Join(", ", also)})" : "")}{meaning}.";

        void Add(string name, string words)
        {
            if (bench.Host.TryGetValue(name, out var value))
            {
                also.Add($"{words} {Figures.Share(value)}");
            }
        }
    }

    /// <summary>Nothing for a run that did not record them.</summary>
    private static IEnumerable<string> Stalls(BenchRecord bench)
    {
        if (bench.Stalls is not { } stalls)
        {
            yield break;
        }

        if (stalls.Count == 0)
        {
            yield return Invariant($"No stall: no tenth of a second was more than three times as slow as usual ({Figures.Milliseconds(stalls.ThresholdMs)}).");
            yield break;
        }

        yield return Invariant($"Clients stalled {Figures.Count(stalls.Count)} times (above {Figures.Milliseconds(stalls.ThresholdMs)}, three times the usual); ")
            + $"{Figures.Share(stalls.TailShare)} of the slowest hundredth of the transactions ended in such a moment.";
        yield return stalls.PeriodSeconds is { } period
            ? Invariant($"The stalls repeat every {period:0.0} s (by chance: {stalls.Chance:0e+0}).")
            : "The stalls have no period.";
        yield return stalls.Causes.Count == 0
            ? "Nothing that was recorded began at those moments more often than chance would have it."
            : $"At those moments began: {string.Join("; ", stalls.Causes.Take(3).Select(c => $"{c.What} (in {Figures.Count(c.Stalls)} of them; by chance in {Figures.Share(c.ByChance)})"))}.";
    }

    private static string Statement(BenchRecord bench)
    {
        if (bench.TopStatements.MaxBy(s => s.Share) is not { } top)
        {
            return "Statements are unknown: pg_stat_statements gave none.";
        }

        var query = string.Join(' ', top.Query.Replace('`', '\'').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        query = query.Length > QueryLength ? query[..QueryLength].TrimEnd() + " ..." : query;
        return $"The costliest statement took {Figures.Share(top.Share)} of execution time ({Figures.Count(top.Calls)} calls, {Figures.Milliseconds(top.MeanMs)} each): `{query}`.";
    }
}

using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>How quiet the machine was while the run lasted, in one sentence.</summary>
internal static class HostSection
{
    /// <summary>Says it; null when the run was not watched.</summary>
    internal static string? Describe(RunEvidence evidence)
    {
        if (evidence.Host is not { Samples: [var first, ..] samples } host)
        {
            return null;
        }

        var run = new TimedWindow("the run", DateTimeOffset.FromUnixTimeMilliseconds(first.FromUnixMs), DateTimeOffset.FromUnixTimeMilliseconds(samples[^1].ToUnixMs));
        var seen = host.Over(run);
        var pressure = seen.CpuPressure is { } cpu ? Invariant($"; something waited for a processor {cpu * 100:0} % of the time, for a disk {seen.IoPressure * 100:0} %") : "";
        var whose = samples.All(s => s.Others is null) ? "other programs are not told apart here; " : "";
        return Invariant($"{whose}{HostQuiet.Describe(seen)}, at most {seen.WorstTaken * 100:0} % for {HostHistory.Burst.TotalSeconds:0} s{pressure}");
    }
}

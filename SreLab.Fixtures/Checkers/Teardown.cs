using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>Is nothing of the lab left, and was it gone in time.</summary>
public static class Teardown
{
    /// <summary>No process, listener or path is left, and a second teardown finds nothing.</summary>
    public static Verdict Check(DownRecord? down)
    {
        if (down is null)
        {
            return Verdict.Unknown("the lab was not taken down in this run");
        }

        var measured = string.Create(CultureInfo.InvariantCulture, $"{down.Remaining.Count} left, {down.EndedProcesses} ended in {down.Seconds:0.0} s");
        return down.Remaining.Count == 0 && down.SecondFoundNothing
            ? Verdict.Holds("no process, listener or file of the lab is left", "0 left", measured)
            : Verdict.Broken(
                $"left behind: {(down.Remaining.Count > 0 ? string.Join("; ", down.Remaining) : "a second teardown found something to do")}",
                "0 left",
                measured,
                down.Remaining);
    }

    /// <summary>The teardown keeps its objective; what it left is another promise.</summary>
    public static Verdict InTime(DownRecord? down, Objectives objectives)
    {
        var objective = string.Create(CultureInfo.InvariantCulture, $"<= {objectives.DownSeconds:0.##} s");
        if (down is null)
        {
            return Verdict.Unknown("the lab was not taken down in this run", objective);
        }

        var measured = string.Create(CultureInfo.InvariantCulture, $"{down.Seconds:0.0} s");
        return (decimal)down.Seconds <= objectives.DownSeconds
            ? Verdict.Holds($"the lab was gone after {measured}", objective, measured)
            : Verdict.Broken($"the lab was gone after {measured}; the objective is {objective}", objective, measured);
    }
}

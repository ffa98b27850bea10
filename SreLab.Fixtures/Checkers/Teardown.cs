using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>Is nothing of the lab left.</summary>
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
}

using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>What a time is worth that was taken on this machine: on a disturbed one nothing, in either direction.</summary>
/// <remarks>
/// Method: over each window in which something was timed, the share of all processors that went to programs other than the lab and the suite,
/// or to the host of a virtual machine. Above the limit of <c>slos.json</c> the time is unknown: a miss may be the others' doing, and a hit may
/// be luck. A time that was missed is unknown as well when the others took three times that limit for 5 s, which an average over a long window
/// hides; a time that was kept in spite of it is believed. What is broken for another reason than a time stays broken. What is unknown already (a
/// load that was too low, for example) is said to be disturbed as well, where it was.
/// </remarks>
public static class HostQuiet
{
    /// <summary>Share of a window that must have been watched, 0 to 1.</summary>
    private const double LeastWatched = 0.5;

    private const int BurstFactor = 3;

    /// <summary>The same verdict where the machine was quiet; unknown where it was not.</summary>
    /// <param name="verdict">What the checker says.</param>
    /// <param name="windows">In which times were taken.</param>
    /// <param name="host">What the machine did; null when the run was not watched, as in releases before this one.</param>
    /// <param name="objectives">The limit.</param>
    public static Verdict Apply(Verdict verdict, IReadOnlyList<TimedWindow> windows, HostHistory? host, Objectives objectives)
    {
        if (host is null || windows.Count == 0 || verdict is { Kind: VerdictKind.Broken, IsLate: false })
        {
            return verdict;
        }

        var seen = windows.Select(host.Over).ToList();
        if (verdict.Kind != VerdictKind.Unknown && seen.FirstOrDefault(w => w.Watched < LeastWatched) is { } unwatched)
        {
            return Unknown(verdict, Invariant($"the machine was watched for {unwatched.Watched:P0} of {unwatched.Window.Name}, so nobody can say how quiet it was"), seen) with { IsDisturbed = false };
        }

        return seen.Where(w => IsDisturbed(w, verdict.IsLate, (double)objectives.DisturbedHostRatio)).MaxBy(w => w.WorstTaken) is { } worst
            ? Unknown(verdict, $"disturbed ({Describe(worst)})", seen)
            : verdict;
    }

    /// <summary>What others took in a window: <c>38 % of the processors taken by other programs, most by go build, during kill-member 1</c>.</summary>
    public static string Describe(HostWindow window)
    {
        var steal = window.Steal >= 0.01 ? Invariant($", {window.Steal * 100:0} % of it by the host of this virtual machine") : "";
        var burst = window.WorstTaken > window.Taken * BurstFactor ? Invariant($", {window.WorstTaken * 100:0} % for {HostHistory.Burst.TotalSeconds:0} s") : "";
        var most = window.Most.Length > 0 ? $", most by {window.Most}" : "";
        return Invariant($"{window.Taken * 100:0} % of the processors taken by other programs{burst}{steal}{most}, during {window.Window.Name}");
    }

    private static bool IsDisturbed(HostWindow window, bool isLate, double limit) =>
        window.Taken > limit || (isLate && window.WorstTaken > limit * BurstFactor);

    private static Verdict Unknown(Verdict verdict, string why, List<HostWindow> seen) => verdict with
    {
        Kind = VerdictKind.Unknown,
        Summary = $"{why}; seen was: {verdict.Summary}",
        Details = [.. verdict.Details, .. seen.Select(Describe)],
        IsDisturbed = true,
        IsLate = false,
    };
}

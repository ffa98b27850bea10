using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>What every judge of a battery does first: is there anything to judge.</summary>
internal static class BatteryPart
{
    private const int DetailsShown = 20;

    /// <summary>Unknown with the reason when the battery or the probe's part of it is missing; null when it is there.</summary>
    /// <param name="battery">The battery; null when it was not carried out.</param>
    /// <param name="probe">Name of the probe, as <see cref="BatteryRecord.Problems"/> has it.</param>
    /// <param name="part">The probe's record.</param>
    /// <param name="objective">The limit as a report shows it.</param>
    public static Verdict? Missing(BatteryRecord? battery, string probe, object? part, string objective) =>
        battery is null ? Verdict.Unknown("the workloads were not probed in this run", objective)
        : battery.Problems.GetValueOrDefault(probe) is { } problem ? Verdict.Unknown($"{probe} could not be probed: {problem}", objective)
        : part is null ? Verdict.Unknown($"{probe} was not probed", objective)
        : null;

    /// <summary>Broken when there are wrongs, else late when a time was missed, else unknown when there are doubts, else holds.</summary>
    /// <param name="what">What holds, as a clause: <c>every endpoint answers as documented</c>.</param>
    /// <param name="objective">The limit.</param>
    /// <param name="measured">What was seen.</param>
    /// <param name="wrongs">One line each.</param>
    /// <param name="doubts">Why the evidence does not suffice, one line each.</param>
    /// <param name="lates">Times that were missed, one line each; empty where nothing is timed.</param>
    public static Verdict Judge(
        string what, string objective, string measured, IReadOnlyList<string> wrongs, IReadOnlyList<string> doubts, params IReadOnlyList<string> lates) =>
        wrongs.Count + lates.Count > 0 ? Wrong(objective, measured, [.. wrongs, .. lates]) with { IsLate = wrongs.Count == 0 }
        : doubts.Count > 0 ? Verdict.Unknown(doubts[0], objective, measured, [.. doubts.Take(DetailsShown)])
        : Verdict.Holds(what, objective, measured);

    private static Verdict Wrong(string objective, string measured, List<string> wrongs) => Verdict.Broken(
        $"{(wrongs.Count == 1 ? "" : FormattableString.Invariant($"{wrongs.Count} wrongs, first: "))}{wrongs[0]}", objective, measured, [.. wrongs.Take(DetailsShown)]);
}

using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>What every judge of a platform does first: is there anything to judge.</summary>
internal static class PlatformPart
{
    /// <summary>Unknown with the reason when the inspection or its part is missing; null when it is there.</summary>
    /// <param name="platform">The inspection; null when it was not carried out.</param>
    /// <param name="part">A name of <see cref="PlatformParts"/>.</param>
    /// <param name="found">The part's record.</param>
    /// <param name="objective">The limit as a report shows it.</param>
    public static Verdict? Missing(PlatformRecord? platform, string part, object? found, string objective) =>
        platform is null ? Verdict.Unknown("the platform was not inspected in this run", objective)
        : platform.Absent.GetValueOrDefault(part) is { } reason ? Verdict.Unknown(reason, objective)
        : platform.Problems.GetValueOrDefault(part) is { } problem ? Verdict.Unknown($"could not be inspected: {problem}", objective)
        : found is null ? Verdict.Unknown("was not inspected", objective)
        : null;
}

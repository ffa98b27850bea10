using System.Globalization;

namespace SreLab.Fixtures.Checkers;

/// <summary>What some faults without a loss say about those that were not tried.</summary>
/// <remarks>
/// Rule of three: when none of n independent trials failed, the share that fails is at most 3/n with 95 % confidence, since
/// (1 - p)^n = 0.05 gives p = -ln(0.05)/n, and -ln(0.05) is 2.996. Below 30 trials it is on the safe side of the exact bound,
/// 1 - 0.05^(1/n). Source: Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right? Interpreting zero numerators",
/// JAMA 249 (1983), 1743-1745. It holds for faults drawn as these were, on a machine like this one, and for no others.
/// </remarks>
public static class LossBound
{
    /// <summary>The largest share of faults that may lose something, 0 to 1, with 95 % confidence; null without a fault, or when one did: a loss is a finding and no share.</summary>
    /// <param name="faults">Faults that were carried out and judged.</param>
    /// <param name="lost">How many of them lost an acknowledged write.</param>
    public static double? AtMost(int faults, int lost) => faults > 0 && lost == 0 ? Math.Min(1, 3.0 / faults) : null;

    /// <summary>The bound in a sentence.</summary>
    /// <param name="faults">Faults that were carried out and judged.</param>
    /// <param name="lost">How many of them lost an acknowledged write.</param>
    public static string Describe(int faults, int lost) => AtMost(faults, lost) switch
    {
        { } share => string.Create(CultureInfo.InvariantCulture, $"0 of {faults:N0} faults lost an acknowledged write: at most {share * 100:0.##} % of such faults do, with 95 % confidence."),
        null when lost > 0 => string.Create(CultureInfo.InvariantCulture, $"{lost:N0} of {faults:N0} faults lost an acknowledged write: there is nothing to bound."),
        _ => "No fault was judged, so nothing is known of the next one.",
    };
}

namespace SreLab.Fixtures.Checkers;

/// <summary>How much of an error budget was used.</summary>
/// <param name="Level">The service level: availability or latency.</param>
/// <param name="Ratio">Share of bad operations that the objective allows, above 0 and below 1.</param>
/// <param name="Operations">Operations that count.</param>
/// <param name="Bad">Those that missed the objective.</param>
public sealed record BudgetUse(string Level, decimal Ratio, long Operations, long Bad)
{
    /// <summary>Operations that were allowed to miss it.</summary>
    public long Allowed => (long)Math.Floor(Ratio * Operations);

    /// <summary>Used over allowed, 1 = all of it; null without an operation. Over the whole period of a budget it is also the burn rate.</summary>
    public double? Spent => Operations == 0 ? null : (double)(Bad / (Ratio * Operations));

    /// <summary>In one phrase: <c>availability 3 of 812 allowed</c>.</summary>
    public string Describe() => FormattableString.Invariant($"{Level} {Bad:N0} of {Allowed:N0} allowed");
}

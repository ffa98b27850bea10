using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>A standby takes over: another member leads, on a newer timeline.</summary>
public static class Promotion
{
    private const string Objective = "another member leads, on a newer timeline";

    /// <summary>Judges one fault.</summary>
    public static Verdict Check(FaultRecord fault)
    {
        var name = FormattableString.Invariant($"{fault.Kind} {fault.Repeat}");
        if (fault.OldPrimary.Length == 0 || fault.TimelineBefore <= 0)
        {
            return Verdict.Unknown($"promotion unknown in {name}: the primary before the fault was not recorded.", Objective);
        }

        if (fault.PromotedMs is not { } promoted)
        {
            return Verdict.Broken($"promotion broken in {name}: no standby left recovery after {fault.OldPrimary} was lost.", Objective, "nobody leads");
        }

        var measured = FormattableString.Invariant($"{fault.OldPrimary} on timeline {fault.TimelineBefore}, then {fault.NewPrimary} on {fault.TimelineAfter}");
        return fault.NewPrimary != fault.OldPrimary && fault.TimelineAfter > fault.TimelineBefore
            ? Verdict.Holds(
                FormattableString.Invariant($"{fault.NewPrimary} was promoted in {name}, {(promoted - fault.InjectedMs) / 1000:0.00} s after the fault."),
                Objective, measured, $"{name}: {measured}")
            : Verdict.Broken($"promotion broken in {name}: {measured}.", Objective, measured, $"{name}: {measured}");
    }

    /// <summary>Judges all faults together.</summary>
    public static Verdict CheckAll(IReadOnlyList<FaultRecord> faults) =>
        Verdict.Together([.. faults.Select(Check)], "promotion unknown: no fault was recorded.", () => (
            string.Create(CultureInfo.InvariantCulture, $"a standby was promoted in each of {faults.Count} faults."),
            string.Create(CultureInfo.InvariantCulture, $"{faults.Count} of {faults.Count} faults")));
}

using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>The cluster becomes whole again: the old primary comes back as a standby and streams, as do all others.</summary>
public static class Rejoin
{
    private const string Objective = "1 primary, all others stream on its timeline";

    /// <summary>Judges one fault.</summary>
    public static Verdict Check(FaultRecord fault)
    {
        var name = FormattableString.Invariant($"{fault.Kind} {fault.Repeat}");
        if (fault.MembersAfter.Count == 0)
        {
            return Verdict.Unknown($"rejoin unknown in {name}: the members after the heal were not recorded.", Objective);
        }

        var seen = string.Join("; ", fault.MembersAfter.Select(m => FormattableString.Invariant($"{m.Name} {m.Role} {m.State}, timeline {m.Timeline}")));
        var wrongs = Wrongs(fault).ToList();
        return wrongs.Count == 0
            ? Verdict.Holds(
                FormattableString.Invariant($"{fault.OldPrimary} streams again in {name}, {(fault.HealedMs!.Value - fault.InjectedMs) / 1000:0.0} s after the fault."),
                Objective, FormattableString.Invariant($"{fault.MembersAfter.Count} members whole"), $"{name}: {seen}")
            : Verdict.Broken($"rejoin broken in {name}: {wrongs[0]}.", Objective, wrongs[0], [.. wrongs, $"{name}: {seen}"]);
    }

    /// <summary>Judges all faults together.</summary>
    public static Verdict CheckAll(IReadOnlyList<FaultRecord> faults) =>
        Verdict.Together([.. faults.Select(Check)], "rejoin unknown: no fault was recorded.", () => (
            string.Create(CultureInfo.InvariantCulture, $"the old primary streams again after each of {faults.Count} faults."),
            string.Create(CultureInfo.InvariantCulture, $"{faults.Count} of {faults.Count} faults")));

    private static IEnumerable<string> Wrongs(FaultRecord fault)
    {
        var members = fault.MembersAfter;
        var primaries = members.Where(m => m.Role == "primary").ToList();
        if (primaries.Count != 1)
        {
            yield return $"{primaries.Count} primaries";
            yield break;
        }

        foreach (var member in members.Except(primaries).Where(m => m.Role != "standby" || m.State is not ("streaming" or "running") || m.Timeline != primaries[0].Timeline))
        {
            yield return FormattableString.Invariant($"{member.Name} is {member.Role} {member.State} on timeline {member.Timeline}");
        }

        if (!members.Any(m => m.Name == fault.OldPrimary))
        {
            yield return $"{fault.OldPrimary} is gone";
        }

        if (fault.HealedMs is null)
        {
            yield return "the members never all streamed while it was waited for";
        }
    }
}

using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>Every member holds the same rows: one content hash per table, equal everywhere.</summary>
public static class ContentAgreement
{
    private const string Objective = "equal on every member";

    /// <summary>Judges one fault's hashes, taken after the heal with writes stopped.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="written">Tables that were written and acknowledged meanwhile.</param>
    public static Verdict Check(FaultRecord fault, params IReadOnlyCollection<string> written) =>
        Check(fault.HashesByMember, [.. fault.MembersAfter.Select(m => m.Name)], FormattableString.Invariant($"{fault.Kind} {fault.Repeat}"), written);

    /// <summary>Judges any set of hashes.</summary>
    /// <param name="hashesByMember">Hash by table, by member.</param>
    /// <param name="members">Every member that must be among them.</param>
    /// <param name="after">What happened before, for the summary.</param>
    /// <param name="written">Tables that were written and acknowledged meanwhile: one that is on no member is as wrong as one that is on some.</param>
    public static Verdict Check(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> hashesByMember,
        IReadOnlyCollection<string> members,
        string after,
        params IReadOnlyCollection<string> written)
    {
        var tables = hashesByMember.Values.SelectMany(h => h.Keys).Concat(hashesByMember.Count > 0 ? written : []).Distinct().Order(StringComparer.Ordinal).ToList();
        var wrongs = tables.Where(t => hashesByMember.Values.Select(h => h.GetValueOrDefault(t)).ToHashSet() is { Count: > 1 } || hashesByMember.Values.All(h => !h.ContainsKey(t)))
            .Select(t => $"{t}: {string.Join(", ", hashesByMember.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {m.Value.GetValueOrDefault(t) ?? "absent"}"))}")
            .ToList();
        if (wrongs.Count > 0)
        {
            var measured = string.Create(CultureInfo.InvariantCulture, $"{wrongs.Count} of {tables.Count} tables differ");
            return Verdict.Broken($"content differs after {after}: {wrongs[0]}.", Objective, measured, wrongs);
        }

        var missing = members.Where(m => !hashesByMember.ContainsKey(m)).ToList();
        if (tables.Count == 0 || members.Count < 2 || missing.Count > 0)
        {
            return Verdict.Unknown(
                $"content unknown after {after}: {(missing.Count > 0 ? $"{string.Join(" and ", missing)} not hashed" : tables.Count == 0 ? "no table was hashed" : "fewer than two members")}.",
                Objective);
        }

        var equal = string.Create(CultureInfo.InvariantCulture, $"{tables.Count} tables equal on {hashesByMember.Count} members");
        return Verdict.Holds($"{equal} after {after}.", Objective, equal, $"{after}: {equal}");
    }

    /// <summary>Judges all faults together, with the tables that clients wrote through each.</summary>
    public static Verdict CheckAll(IReadOnlyList<FaultHistory> faults) =>
        Verdict.Together([.. faults.Select(f => Check(f.Record, f.Written))], "content unknown: no fault was recorded.", () => (
            string.Create(CultureInfo.InvariantCulture, $"every member holds the same rows of every table after each of {faults.Count} faults."),
            string.Create(CultureInfo.InvariantCulture, $"equal after {faults.Count} of {faults.Count} faults")));
}

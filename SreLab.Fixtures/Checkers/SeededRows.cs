using System.Globalization;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>Is the seed what it promises: as many rows as asked, related, the same everywhere, unchanged by a second run.</summary>
public static class SeededRows
{
    private const string NotRun = "the database was not seeded in this run";

    /// <summary>At least ten tables that differ in shape hold the rows that were asked for.</summary>
    /// <remarks>After a benchmark the tables hold more than was seeded, never less; right after a load the sum is exact.</remarks>
    public static Verdict Count(SeedRecord? seed)
    {
        if (seed is null)
        {
            return Verdict.Unknown(NotRun);
        }

        var rows = seed.Tables.Sum(t => t.Rows);
        var filled = seed.Tables.Where(t => t.Rows > 0).ToList();
        var shapes = filled.Select(t => string.Join(',', t.Columns)).Distinct(StringComparer.Ordinal).Count();
        var objective = string.Create(CultureInfo.InvariantCulture, $"{seed.RowsAsked:N0} rows, >= 10 tables");
        var measured = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {shapes} different tables");
        var enough = seed.WasSeeded ? rows >= seed.RowsAsked : rows == seed.RowsAsked;
        var details = seed.Tables.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Name,-22} {t.Rows,12:N0} rows {t.Bytes,14:N0} B")).ToArray();
        return enough && shapes >= 10
            ? Verdict.Holds($"seeded: {measured}", objective, measured, details)
            : Verdict.Broken($"seeded {measured}; asked were {objective}", objective, measured, details);
    }

    /// <summary>Every foreign key is validated and no row points nowhere.</summary>
    public static Verdict ForeignKeys(SeedRecord? seed)
    {
        if (seed is null || seed.ForeignKeys.Count == 0)
        {
            return Verdict.Unknown(seed is null ? NotRun : "no foreign key was found");
        }

        var broken = seed.ForeignKeys.Where(k => !k.Validated || k.Orphans > 0)
            .Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Name}: {(k.Validated ? "" : "not validated, ")}{k.Orphans:N0} rows point nowhere")).ToList();
        var withoutKey = seed.Tables
            .Where(t => !seed.ForeignKeys.Any(k => Regex.IsMatch(k.Definition, $@"(?<!\w){Regex.Escape(t.Name)}(?!\w)")))
            .Select(t => $"{t.Name} has no foreign key and none points to it").ToList();
        var measured = string.Create(CultureInfo.InvariantCulture, $"{seed.ForeignKeys.Count} keys, {seed.ForeignKeys.Sum(k => k.Orphans):N0} orphans");
        return broken.Count + withoutKey.Count == 0
            ? Verdict.Holds("every foreign key holds", "0 orphans", measured)
            : Verdict.Broken($"foreign keys: {string.Join("; ", broken.Concat(withoutKey))}", "0 orphans", measured, [.. broken, .. withoutKey]);
    }

    /// <summary>Every table has the same content hash on every member.</summary>
    public static Verdict SameOnEveryMember(SeedRecord? seed)
    {
        if (seed is null)
        {
            return Verdict.Unknown(NotRun);
        }

        string[] members = [.. seed.Tables.SelectMany(t => t.HashByMember.Keys).Distinct()];
        var verdict = ContentAgreement.Check(
            members.ToDictionary(
                member => member,
                member => (IReadOnlyDictionary<string, string>)seed.Tables
                    .Where(t => t.HashByMember.ContainsKey(member))
                    .ToDictionary(t => t.Name, t => t.HashByMember[member])),
            members,
            "the seed");
        return verdict.Kind == VerdictKind.Holds && members.Length < seed.Members
            ? Verdict.Unknown($"content unknown after the seed: {members.Length} of {seed.Members} members were hashed.", verdict.Objective, verdict.Measured)
            : verdict;
    }

    /// <summary>A second seed says that there is nothing to do, and changes no content.</summary>
    public static Verdict Again(SeedRecord? seed)
    {
        if (seed is null)
        {
            return Verdict.Unknown(NotRun);
        }

        const string Objective = "unchanged";
        var changed = seed.Tables
            .Where(t => !t.HashByMember.Values.Contains(seed.HashesAfterSecond.GetValueOrDefault(t.Name, "gone")))
            .Select(t => t.Name)
            .Concat(seed.HashesAfterSecond.Keys.Except(seed.Tables.Select(t => t.Name)))
            .ToList();
        var measured = string.Create(CultureInfo.InvariantCulture, $"{changed.Count} tables changed, {seed.SecondSeconds:0.0} s");
        if (seed.HashesAfterSecond.Count == 0)
        {
            return Verdict.Unknown("no content hash was taken after the second seed", Objective, measured);
        }

        return seed.SecondSaidUnchanged && changed.Count == 0
            ? Verdict.Holds("a second seed changes nothing", Objective, measured)
            : Verdict.Broken($"a second seed: {measured}{(seed.SecondSaidUnchanged ? "" : ", and it did not say that nothing was to do")}", Objective, measured, changed);
    }
}

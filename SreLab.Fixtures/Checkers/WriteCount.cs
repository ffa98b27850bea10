using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>The ids of a ledger sorted by what was promised and what was found.</summary>
internal sealed record WriteCount
{
    public required int Acknowledged { get; init; }

    public required int Refused { get; init; }

    public required int Indeterminate { get; init; }

    /// <summary>Indeterminate and present on every member that was read.</summary>
    public required int Recovered { get; init; }

    /// <summary>Ids that were acknowledged and are absent somewhere, each with where.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    public required IReadOnlyList<string> Unexpected { get; init; }

    public required IReadOnlyList<string> RefusedButPresent { get; init; }

    public required IReadOnlyList<string> Duplicated { get; init; }

    public required IReadOnlyList<string> Diverged { get; init; }

    public static WriteCount Of(FaultHistory history)
    {
        var byOutcome = history.Operations.ToLookup(o => o.Outcome, o => o.Id);
        var attempted = history.Operations.Select(o => o.Id).ToHashSet();
        var present = history.ReadBack.ToDictionary(m => m.Key, m => m.Value.ToHashSet(), StringComparer.Ordinal);

        List<string> Where(IEnumerable<long> ids, Func<long, HashSet<long>, bool> wrong, string how) =>
            [.. ids.Select(id => (Id: id, On: present.Where(p => wrong(id, p.Value)).Select(p => p.Key).ToList()))
                .Where(f => f.On.Count > 0)
                .Select(f => FormattableString.Invariant($"{f.Id} {how} {string.Join(" and ", f.On)}"))];

        var indeterminate = byOutcome[Outcome.Indeterminate].ToList();
        var partly = indeterminate
            .Where(id => present.Values.Any(p => p.Contains(id)) && present.Values.Any(p => !p.Contains(id)))
            .ToList();
        return new WriteCount
        {
            Acknowledged = byOutcome[Outcome.Acknowledged].Count(),
            Refused = byOutcome[Outcome.Refused].Count(),
            Indeterminate = indeterminate.Count,
            Recovered = present.Count == 0 ? 0 : indeterminate.Count(id => present.Values.All(p => p.Contains(id))),
            Lost = Where(byOutcome[Outcome.Acknowledged], (id, ids) => !ids.Contains(id), "absent on"),
            Unexpected = Where(present.Values.SelectMany(p => p).Distinct().Where(id => !attempted.Contains(id)), (id, ids) => ids.Contains(id), "on"),
            RefusedButPresent = Where(byOutcome[Outcome.Refused], (id, ids) => ids.Contains(id), "on"),
            Duplicated = [.. history.ReadBack.SelectMany(m => m.Value.GroupBy(id => id).Where(g => g.Skip(1).Any())
                .Select(g => FormattableString.Invariant($"{g.Key} {g.Count()} times on {m.Key}")))],
            Diverged = Where(partly, (id, ids) => !ids.Contains(id), "absent only on"),
        };
    }

    /// <summary>What breaks the promise, worst first; lost writes only beyond the allowed number.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Findings)> Wrongs(int lostAllowed) =>
        new[]
        {
            ("lost", Lost.Count > lostAllowed ? Lost : []),
            ("unexpected", Unexpected),
            ("refused but present", RefusedButPresent),
            ("duplicated", Duplicated),
            ("diverged", Diverged),
        }.Where(w => w.Item2.Count > 0);
}

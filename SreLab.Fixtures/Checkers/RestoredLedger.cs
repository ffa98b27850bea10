using SreLab.Fixtures.Histories;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>What a restore to a moment must hold of the ledger, and what it must not.</summary>
/// <param name="Lost">Acknowledged before the moment, and not there.</param>
/// <param name="TooLate">Sent after the moment, and there.</param>
/// <param name="Unexpected">There, and never attempted.</param>
/// <param name="Duplicated">There more than once.</param>
/// <param name="Before">How many were acknowledged before the moment.</param>
/// <param name="After">How many were sent after it and acknowledged: what a restore that stops too late would show.</param>
internal sealed record RestoredLedger(
    IReadOnlyList<long> Lost, IReadOnlyList<long> TooLate, IReadOnlyList<long> Unexpected, IReadOnlyList<long> Duplicated, int Before, int After)
{
    /// <summary>The server's clock and the history's are one, but the history's does not follow its corrections: at most 500 µs a second.</summary>
    private const double ClockToleranceMs = 100;

    private const int IdsShown = 5;

    /// <summary>Compares.</summary>
    /// <param name="operations">The ledger.</param>
    /// <param name="ids">What was found.</param>
    /// <param name="momentMs">The moment; null when everything may be there.</param>
    /// <param name="acknowledgedUntilMs">What was acknowledged before must be there.</param>
    public static RestoredLedger Of(IReadOnlyList<Operation> operations, IReadOnlyList<long> ids, double? momentMs, double acknowledgedUntilMs)
    {
        var there = ids.ToHashSet();
        var attempted = operations.Select(o => o.Id).ToHashSet();
        var acknowledged = operations.Where(o => o.Outcome == Outcome.Acknowledged).ToList();
        var before = acknowledged.Where(o => o.EndedMs < acknowledgedUntilMs - ClockToleranceMs).ToList();
        var after = momentMs is { } moment ? operations.Where(o => o.SentMs > moment + ClockToleranceMs).ToList() : [];
        return new RestoredLedger(
            [.. before.Where(o => !there.Contains(o.Id)).Select(o => o.Id)],
            [.. after.Where(o => there.Contains(o.Id)).Select(o => o.Id)],
            [.. there.Where(id => !attempted.Contains(id)).Order()],
            [.. ids.GroupBy(id => id).Where(g => g.Skip(1).Any()).Select(g => g.Key)],
            before.Count,
            after.Count(o => o.Outcome == Outcome.Acknowledged));
    }

    /// <summary>Every wrong, one clause each.</summary>
    public IEnumerable<string> Wrongs()
    {
        (string Name, IReadOnlyList<long> Ids)[] all =
        [
            ("acknowledged writes from before are not there", Lost), ("writes from after are there", TooLate), ("writes are there that nobody made", Unexpected),
            ("writes are there more than once", Duplicated),
        ];
        return all.Where(w => w.Ids.Count > 0)
            .Select(w => Invariant($"{w.Ids.Count:N0} {w.Name}: {string.Join(", ", w.Ids.Take(IdsShown))}{(w.Ids.Count > IdsShown ? ", ..." : "")}"));
    }
}

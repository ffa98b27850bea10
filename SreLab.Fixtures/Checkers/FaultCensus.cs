using System.Globalization;

namespace SreLab.Fixtures.Checkers;

/// <summary>How one fault of many ended.</summary>
/// <param name="Kind">Its kind, in the words of the evidence: <c>kill-member</c>.</param>
/// <param name="IsSurvived">Every promise that was judged of it holds; one that is unknown was not survived.</param>
/// <param name="Outage">What it cost writers; null when it was not measured.</param>
public sealed record FaultEnd(string Kind, bool IsSurvived, OutageMeasure? Outage);

/// <summary>All faults of one kind.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Faults">How many there were.</param>
/// <param name="Survived">How many were survived.</param>
/// <param name="WorstSeconds">The longest outage, seconds; a lower bound when <paramref name="IsCensored"/>; null when none was measured.</param>
/// <param name="IsCensored">In at least one of them writes never came back while the ledger ran, so the worst may be worse.</param>
/// <param name="Unmeasured">Faults whose outage was not measured.</param>
public sealed record CensusRow(string Kind, int Faults, int Survived, double? WorstSeconds, bool IsCensored, int Unmeasured)
{
    /// <summary>The worst outage as a report shows it: <c>1.84 s</c>, <c>≥ 60.00 s</c>, or that it was not measured.</summary>
    public string WorstText => WorstSeconds is { } seconds
        ? string.Create(CultureInfo.InvariantCulture, $"{(IsCensored ? "≥ " : "")}{seconds:0.00} s")
        : "not measured";

    /// <summary>The row as a line.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind}: {Survived} of {Faults} survived, worst outage {WorstText}{(Unmeasured > 0 && WorstSeconds is not null ? $", {Unmeasured} not measured" : "")}");
}

/// <summary>Faults of a soak by kind: how many were survived, and the worst outage of each.</summary>
public static class FaultCensus
{
    /// <summary>Counts them; the worst kind first, and those without a measure last.</summary>
    public static IReadOnlyList<CensusRow> Of(IEnumerable<FaultEnd> faults) =>
    [
        .. faults.GroupBy(f => f.Kind)
            .Select(kind =>
            {
                var outages = kind.Select(f => f.Outage).OfType<OutageMeasure>().ToList();
                return new CensusRow(
                    kind.Key,
                    kind.Count(),
                    kind.Count(f => f.IsSurvived),
                    outages.Count == 0 ? null : outages.Max(o => o.Seconds),
                    outages.Any(o => o.IsCensored),
                    kind.Count() - outages.Count);
            })
            .OrderBy(r => r.WorstSeconds is null)
            .ThenByDescending(r => r.IsCensored)
            .ThenByDescending(r => r.WorstSeconds)
            .ThenBy(r => r.Kind, StringComparer.Ordinal),
    ];
}

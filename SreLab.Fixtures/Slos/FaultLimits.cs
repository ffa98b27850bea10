using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Slos;

/// <summary>Whether every fault of the catalogue has a limit, and every limit a fault.</summary>
internal static class FaultLimits
{
    /// <summary>Faults whose objectives have names of their own.</summary>
    private static readonly string[] Elsewhere = [FaultKinds.KillPostmaster, FaultKinds.KillMember];

    /// <summary>One line for each problem.</summary>
    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, decimal> limits)
    {
        var kinds = FaultCatalogue.All.Select(e => e.Kind).Except(Elsewhere).ToList();
        return kinds.Except(limits.Keys).Select(k => $"faultOutageSeconds              lacks {k}")
            .Concat(limits.Keys.Except(kinds).Select(k => $"faultOutageSeconds              names {k}, which is no fault of the catalogue"))
            .Concat(limits.Where(l => l.Value <= 0).Select(l => $"faultOutageSeconds.{l.Key,-12} must be greater than 0"));
    }
}

using System.Text.Json.Nodes;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Slos;

/// <summary>Whether every fault of the catalogue has a limit, and every limit a fault.</summary>
internal static class FaultLimits
{
    /// <summary>Faults whose objectives have names of their own.</summary>
    private static readonly string[] Elsewhere = [FaultKinds.KillPostmaster, FaultKinds.KillMember];

    /// <summary>One line for each problem of the defaults: faults that only a platform has are among the limits of its targets.</summary>
    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, decimal> limits)
    {
        var kinds = FaultCatalogue.All.Where(e => !e.IsOfPlatform).Select(e => e.Kind).Except(Elsewhere).ToList();
        return kinds.Except(limits.Keys).Select(k => $"faultOutageSeconds              lacks {k}")
            .Concat(limits.Keys.Except(kinds).Select(k => $"faultOutageSeconds              names {k}, which is no fault of the catalogue"))
            .Concat(limits.Where(l => l.Value <= 0).Select(l => $"faultOutageSeconds.{l.Key,-12} must be greater than 0"));
    }

    /// <summary>One line for each problem of a target's own limits.</summary>
    /// <param name="limits">By kind.</param>
    /// <param name="isPlatform">Whether the target has a platform, all of whose faults need a limit.</param>
    public static IEnumerable<string> ProblemsOfTarget(JsonNode? limits, bool isPlatform)
    {
        if (limits is not (null or JsonObject))
        {
            return ["faultOutageSeconds must hold seconds by fault"];
        }

        var named = (limits as JsonObject)?.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal) ?? [];
        var possible = FaultCatalogue.All.Where(e => isPlatform || !e.IsOfPlatform).Select(e => e.Kind).Except(Elsewhere).ToList();
        return named.Keys.Except(possible).Select(k => $"faultOutageSeconds names {k}, which is no fault of this target")
            .Concat(FaultCatalogue.All.Where(e => isPlatform && e.IsOfPlatform).Select(e => e.Kind).Except(named.Keys).Select(k => $"faultOutageSeconds lacks {k}"))
            .Concat(named.Where(l => l.Value is not JsonValue number || !number.TryGetValue<decimal>(out var limit) || limit <= 0).Select(l => $"faultOutageSeconds.{l.Key} must be a number greater than 0"));
    }
}

using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-liveness: <c>/healthz</c> is 200 every time, at the documented port and through the sidecar.</summary>
public static class WorkloadLiveness
{
    /// <summary>Name of its probe.</summary>
    public const string Probe = "liveness";

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery)
    {
        const string Objective = "200 every time";
        if (BatteryPart.Missing(battery, Probe, battery?.Liveness, Objective) is { } missing)
        {
            return missing;
        }

        var ways = battery!.Liveness!;
        return BatteryPart.Judge(
            "every instance is alive whenever it is asked",
            Objective,
            Invariant($"{ways.Sum(w => w.Alive)} of {ways.Sum(w => w.Asked)}"),
            [.. ways.Where(w => w.Alive < w.Asked).Select(w => Invariant($"{w.Instance} by {w.Way}: {w.Asked - w.Alive} of {w.Asked} answers were not 200 alive, first {w.FirstWrong}"))],
            ways.Count == 0 || ways.Any(w => w.Asked == 0) ? ["an instance was not asked"] : []);
    }
}

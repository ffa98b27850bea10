using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-provider-private: the payment-provider cannot be reached from outside, and answers nobody without its token.</summary>
public static class WorkloadPrivacy
{
    /// <summary>Name of its probe.</summary>
    public const string Probe = "privacy";

    // What the app itself answers to a path that it does not have.
    private static readonly string[] NotThere = ["404", "405"];

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery)
    {
        const string Objective = "not reachable";
        if (BatteryPart.Missing(battery, Probe, battery?.Privacy, Objective) is { } missing)
        {
            return missing;
        }

        var privacy = battery!.Privacy!;
        return BatteryPart.Judge(
            "the provider is reached on its own address only, with its token only",
            Objective,
            Invariant($"{privacy.Listeners.Count} listeners on {privacy.Own}"),
            [
                .. privacy.ThroughPublic.Where(a => !NotThere.Contains(a.Value)).Select(a => $"{a.Key} through the public address: {a.Value}"),
                .. privacy.WithoutToken.Where(a => a.Value != "401").Select(a => $"{a.Key}: {a.Value}, expected 401"),
                .. privacy.Listeners.Where(l => !l.StartsWith(privacy.Own + ":", StringComparison.Ordinal)).Select(l => $"the provider listens on {l}, not on {privacy.Own} alone"),
            ],
            privacy.ThroughPublic.Count == 0 || privacy.WithoutToken.Count == 0 || privacy.Listeners.Count == 0 ? ["not every way to the provider was tried"] : []);
    }
}

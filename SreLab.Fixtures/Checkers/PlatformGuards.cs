using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>Who is kept out: pods by network policies, teams by their rights, privileged pods by the admission.</summary>
public static class PlatformGuards
{
    // A policy takes its time to reach a pod that was just made: the first attempts say nothing.
    private const int AttemptsThatCount = 3;

    /// <summary>policies-enforced: the same call is let through for a client and stopped for everybody else. Policies that nobody enforces are broken, not absent.</summary>
    public static Verdict Policies(PlatformRecord? platform)
    {
        const string Objective = "allowed passes, denied does not";
        if (PlatformPart.Missing(platform, PlatformParts.Calls, platform?.Calls, Objective) is { } missing)
        {
            return missing;
        }

        var calls = platform!.Calls!;
        var denied = calls.Where(c => !c.MayPass).ToList();
        return BatteryPart.Judge(
            Invariant($"{calls.Count - denied.Count} allowed calls passed and {denied.Count} denied ones did not, each made from a pod"),
            Objective,
            string.Join(", ", calls.Select(c => $"{(c.MayPass ? "allowed" : "denied")}: {(c.Attempts is [.., var last] ? last : "not tried")}")),
            [
                .. denied.Where(c => Last(c).Contains(CallRecord.Connected)).Select(c => $"{c.From} reached {c.To}, and no policy lets it: the cluster's network does not enforce network policies, or the lab's are gone"),
                .. calls.Where(c => c.MayPass && Last(c).Length > 0 && !Last(c).Contains(CallRecord.Connected)).Select(c => $"{c.From} did not reach {c.To} ({Last(c)[^1]}), and a policy lets it"),
            ],
            [
                .. calls.Where(c => c.Attempts.Count < AttemptsThatCount).Select(c => Invariant($"{c.From} called {c.To} {c.Attempts.Count} times, and {AttemptsThatCount} are needed")),
                .. denied.Count == 0 ? ["no call that must be stopped was made"] : Array.Empty<string>(),
                .. denied.Count == calls.Count ? ["no call that must pass was made, so a stopped one says nothing"] : Array.Empty<string>(),
            ]);
    }

    /// <summary>teams-confined: a team's account does what its service needs, and nothing else.</summary>
    public static Verdict Teams(PlatformRecord? platform)
    {
        const string Objective = "own service only";
        if (PlatformPart.Missing(platform, PlatformParts.Rights, platform?.Rights, Objective) is { } missing)
        {
            return missing;
        }

        var rights = platform!.Rights!;
        var accounts = rights.Select(r => r.Account).Distinct().ToList();
        var calls = rights.Count(r => r.IsReal);
        return BatteryPart.Judge(
            Invariant($"{accounts.Count} accounts were answered as their role says: {calls} requests with their own tokens, {rights.Count - calls} questions"),
            Objective,
            Invariant($"{rights.Count(r => r.Answer == Wanted(r))} of {rights.Count} as wanted"),
            [
                .. rights.Where(r => r.IsOwn && r.Answer == RightRecord.Refused).Select(r => $"{r.Account} was refused: {r.What}"),
                .. rights.Where(r => !r.IsOwn && r.Answer == RightRecord.Allowed).Select(r => $"{r.Account} was allowed: {r.What}"),
            ],
            [
                .. rights.Where(r => r.Answer is not (RightRecord.Allowed or RightRecord.Refused)).Select(r => $"{r.Account} could not {r.What}: {r.Answer}"),
                .. accounts.Count == 0 ? ["no account was tried"] : Array.Empty<string>(),
                .. accounts.SelectMany(a => new[] { true, false }.Where(own => !rights.Any(r => r.Account == a && r.IsReal && r.IsOwn == own))
                    .Select(own => $"{a} made no request that must be {(own ? "allowed" : "refused")}")),
            ]);
    }

    /// <summary>privileged-refused: a pod that would own its node is not taken where the lab's data and services are.</summary>
    public static Verdict Admission(PlatformRecord? platform)
    {
        const string Objective = "refused by pod security";
        if (PlatformPart.Missing(platform, PlatformParts.Admissions, platform?.Admissions, Objective) is { } missing)
        {
            return missing;
        }

        var all = platform!.Admissions!;
        var restricted = all.Where(a => a.Level == AdmissionRecord.Restricted).ToList();
        return BatteryPart.Judge(
            Invariant($"a privileged pod was refused in {restricted.Count} namespaces, each of which takes one without privileges"),
            Objective,
            Invariant($"refused in {restricted.Count(IsRefused)} of {restricted.Count}"),
            [
                .. all.Where(a => a.MustBeRestricted && a.Level != AdmissionRecord.Restricted).Select(a => $"{a.Space} enforces level '{a.Level}', not {AdmissionRecord.Restricted}"),
                .. all.Where(a => (a.MustBeRestricted || a.Level == AdmissionRecord.Restricted) && a.Privileged == AdmissionRecord.Accepted).Select(a => $"{a.Space} takes a privileged pod"),
            ],
            [
                .. restricted.Where(a => a.Privileged != AdmissionRecord.Accepted && !IsRefused(a)).Select(a => $"{a.Space} refused the privileged pod for another reason: {a.Privileged}"),
                .. restricted.Where(a => a.Sound != AdmissionRecord.Accepted).Select(a => $"{a.Space} refuses a pod without privileges too: {a.Sound}"),
                .. all.Any(a => a.MustBeRestricted) ? Array.Empty<string>() : ["no namespace with data or services was tried"],
            ]);
    }

    private static string[] Last(CallRecord call) => [.. call.Attempts.TakeLast(AttemptsThatCount)];

    private static string Wanted(RightRecord right) => right.IsOwn ? RightRecord.Allowed : RightRecord.Refused;

    private static bool IsRefused(AdmissionRecord admission) => admission.Privileged.Contains("PodSecurity", StringComparison.Ordinal);
}

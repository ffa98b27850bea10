using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>What a platform does while it runs: updates, scales, shows, and stays as it was applied.</summary>
public static class PlatformService
{
    // Fewer requests would hide the second in which nobody served.
    private const int LeastRequests = 100;

    // The autoscaler looks every 15 s and waits 30 s before it scales out: a shorter load may pass.
    private const double SustainedSeconds = 60;

    /// <summary>update-without-failure: a rolling update is not noticed by clients, and never leaves fewer pods than it may.</summary>
    public static Verdict RollingUpdate(PlatformRecord? platform)
    {
        const string Fallback = "0 failed requests";
        if (PlatformPart.Missing(platform, PlatformParts.RollingUpdate, platform?.RollingUpdate, Fallback) is { } missing)
        {
            return missing;
        }

        var update = platform!.RollingUpdate!;
        var floor = update.Replicas - update.MaxUnavailable;
        var kept = update.OldPods.Intersect(update.NewPods, StringComparer.Ordinal).ToList();
        return BatteryPart.Judge(
            Invariant($"{update.Deployment}: {update.OldPods.Count} pods were replaced in {update.Seconds:0.0} s, {update.Requests.Sent} requests and none failed, at least {update.LeastReady} ready"),
            Invariant($"0 failed, >= {floor} ready"),
            Invariant($"{update.Requests.Failed} of {update.Requests.Sent} failed, {update.LeastReady} ready at least"),
            [
                .. update.Requests.Failed > 0 ? [Invariant($"{update.Requests.Failed} of {update.Requests.Sent} requests failed: {string.Join("; ", update.Requests.Failures.Take(5))}")] : Array.Empty<string>(),
                .. update.LeastReady < floor ? [Invariant($"{update.LeastReady} pods were ready at one moment, and {floor} of {update.Replicas} must be")] : Array.Empty<string>(),
            ],
            [
                .. update.OldPods.Count == 0 || kept.Count > 0 ? [$"not every pod was replaced: {string.Join(", ", kept)}"] : Array.Empty<string>(),
                .. update.Requests.Sent < LeastRequests ? [Invariant($"{update.Requests.Sent} requests were sent, and {LeastRequests} are needed for the result to mean anything")] : Array.Empty<string>(),
            ]);
    }

    /// <summary>scales-out-and-back: load brings more pods, its end takes them away again.</summary>
    public static Verdict Autoscaling(PlatformRecord? platform)
    {
        const string Objective = "more under load, fewest after it";
        if (PlatformPart.Missing(platform, PlatformParts.Autoscaling, platform?.Autoscaling, Objective) is { } missing)
        {
            return missing;
        }

        var scaling = platform!.Autoscaling!;
        var most = scaling.Samples.Count == 0 ? 0 : scaling.Samples.Max(s => s.Current);
        var cpu = scaling.Samples.Max(s => s.CpuPercent);
        var isOut = scaling.OutAfterSeconds is not null && scaling.ReadyUnderLoad > scaling.Least;
        var wasCaused = SecondsAbove(scaling) >= SustainedSeconds;
        return BatteryPart.Judge(
            Invariant($"{scaling.Name}: {scaling.Least} to {scaling.ReadyUnderLoad} ready pods {scaling.OutAfterSeconds:0} s after the load began ({cpu} % of the request), back to {scaling.Least} {scaling.BackAfterSeconds:0} s after its end"),
            Objective,
            Invariant($"{scaling.Least} to {most} and {(scaling.BackAfterSeconds is null ? "not " : "")}back"),
            [
                .. !isOut && wasCaused ? [Invariant($"{scaling.Name} stayed at {scaling.ReadyUnderLoad} ready pods at {cpu} % of the request; it scales at {scaling.CpuTarget} %")] : Array.Empty<string>(),
                .. most > scaling.Most ? [Invariant($"{scaling.Name} went to {most} pods, and {scaling.Most} is the most")] : Array.Empty<string>(),
                .. isOut && scaling.BackAfterSeconds is null ? [Invariant($"{scaling.Name} did not come back to {scaling.Least} pods after the load")] : Array.Empty<string>(),
            ],
            isOut ? [] : [Invariant($"the load was too small or too short to be noticed: up to {cpu?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} % of the request in {scaling.Requests.Sent} requests; {scaling.Name} scales at {scaling.CpuTarget} %")]);
    }

    // The longest time without a sample below the target.
    private static double SecondsAbove(AutoscalingRecord scaling)
    {
        double longest = 0;
        double? since = null;
        foreach (var sample in scaling.Samples)
        {
            since = sample.CpuPercent > scaling.CpuTarget ? since ?? sample.AtSeconds : null;
            longest = Math.Max(longest, since is { } began ? sample.AtSeconds - began : 0);
        }

        return longest;
    }

    /// <summary>dashboards-served: Grafana lists every dashboard of the repository.</summary>
    public static Verdict Dashboards(PlatformRecord? platform)
    {
        const string Objective = "every one";
        if (PlatformPart.Missing(platform, PlatformParts.Dashboards, platform?.Dashboards, Objective) is { } missing)
        {
            return missing;
        }

        var dashboards = platform!.Dashboards!;
        var absent = dashboards.Ours.Except(dashboards.Served, StringComparer.Ordinal).ToList();
        return BatteryPart.Judge(
            Invariant($"Grafana serves all {dashboards.Ours.Count} dashboards of the repository"),
            Objective,
            Invariant($"{dashboards.Ours.Count - absent.Count} of {dashboards.Ours.Count}"),
            [.. absent.Select(t => $"Grafana has no dashboard '{t}'")],
            dashboards.Ours.Count == 0 ? ["the repository has no dashboard"] : []);
    }

    /// <summary>plan-without-changes: what runs is what the code says, also after everything that was done to it.</summary>
    public static Verdict Drift(PlatformRecord? platform)
    {
        const string Objective = "no change planned";
        return PlatformPart.Missing(platform, PlatformParts.Drift, platform?.Drift, Objective)
            ?? BatteryPart.Judge(
                "a plan after everything that was done to the platform changes nothing",
                Objective,
                Invariant($"{platform!.Drift!.Count} changes"),
                [.. platform.Drift.Select(d => $"a plan would change {d}")],
                []);
    }
}

using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>Does a healthy lab raise no alert?</summary>
public static class QuietLab
{
    /// <summary>The period without clients.</summary>
    public const string Idle = "idle";

    /// <summary>The period with clients.</summary>
    public const string Loaded = "loaded";

    /// <summary>No alert fired, while every rule was evaluated: a rule that is not loaded is quiet for the wrong reason.</summary>
    /// <param name="alerts">The stage's record.</param>
    /// <param name="kind"><see cref="Idle"/> or <see cref="Loaded"/>.</param>
    /// <param name="objectives">The rate below which a lab is not loaded.</param>
    public static Verdict Check(AlertsRecord? alerts, string kind, Objectives objectives)
    {
        const string None = "0 alerts";
        if (alerts?.Quiet.FirstOrDefault(q => q.Kind == kind) is not { } quiet)
        {
            return Verdict.Unknown(alerts is null ? "the alert stage did not run" : $"there was no {kind} period", None);
        }

        var seconds = (quiet.EndedUtc - quiet.StartedUtc).TotalSeconds;
        var loud = quiet.Fired.Concat(quiet.Delivered).Distinct(StringComparer.Ordinal).ToArray();
        var measured = string.Create(CultureInfo.InvariantCulture, $"{loud.Length} in {seconds:0} s, {quiet.Operations:N0} operations");
        if (loud.Length > 0 && MissedObjective(quiet, loud, objectives) is { } missed)
        {
            return Verdict.Late($"not quiet, and rightly so: {missed}; true alerts were raised: {string.Join("; ", loud)}", None, measured, loud);
        }

        if (loud.Length > 0)
        {
            return Verdict.Broken($"a healthy lab, {kind}, raised {string.Join("; ", loud)}", None, measured, loud);
        }

        if (quiet.HealthyRules < alerts.Rules.Count)
        {
            return Verdict.Unknown(
                string.Create(CultureInfo.InvariantCulture, $"silence proves nothing: Prometheus evaluated {quiet.HealthyRules} of {alerts.Rules.Count} alert rules"), None, measured);
        }

        var rate = (decimal)(quiet.Operations / Math.Max(seconds, 1));
        return kind == Loaded && rate < objectives.MinimumLedgerRate
            ? Verdict.Unknown(string.Create(CultureInfo.InvariantCulture, $"too little load: {rate:0} operations/s; {objectives.MinimumLedgerRate:0} are needed"), None, measured)
            : Verdict.Holds(string.Create(CultureInfo.InvariantCulture, $"a healthy lab, {kind}, raised no alert in {seconds:0} s"), None, measured);
    }

    /// <summary>The objective whose budget the clients say they burnt, when nothing but alerts of that budget were raised; null otherwise.</summary>
    private static string? MissedObjective(QuietRecord quiet, string[] loud, Objectives objectives)
    {
        const string Latency = "LatencyBudgetBurn";
        const string Availability = "AvailabilityBudgetBurn";

        // Services wait for the database as its other clients do.
        const string Services = "WorkloadLatencyHigh";
        var isSlow = quiet.SlowRatio > (double)objectives.ServiceLevels.SlowRatio;
        var isFailing = quiet.FailedRatio > (double)objectives.BenchErrorRatio;
        if (!loud.All(a => (isSlow && (a.Contains(Latency, StringComparison.Ordinal) || a.Contains(Services, StringComparison.Ordinal))) || (isFailing && a.Contains(Availability, StringComparison.Ordinal))))
        {
            return null;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{quiet.SlowRatio:0.0 %} of the clients' operations took longer than {objectives.BenchLatencyP99Ms:0.##} ms and {quiet.FailedRatio:0.00 %} failed; {objectives.ServiceLevels.SlowRatio:0.## %} and {objectives.BenchErrorRatio:0.## %} are allowed");
    }
}

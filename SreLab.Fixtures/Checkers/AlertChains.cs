using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>Does every alert fire when its condition is there, arrive in time, and go off again?</summary>
public static class AlertChains
{
    private const string NotRun = "the alert stage did not run";

    /// <summary>Share of all rules that must be proven, 0 to 1.</summary>
    private const double LeastShare = 0.9;

    /// <summary>Every selected alert that can be caused here fired after its condition began, and was delivered.</summary>
    public static Verdict Delivered(AlertsRecord? alerts)
    {
        if (alerts is null)
        {
            return Verdict.Unknown(NotRun);
        }

        var expected = Expected(alerts);
        var chains = alerts.Chains.ToLookup(c => c.Alert, StringComparer.Ordinal);
        var silent = expected.Where(a => chains[a].All(c => c.DeliveredUtc is null)).ToList();
        var uncaused = silent.Where(a => chains[a].All(c => c.ConditionUtc is null)).ToList();
        var early = alerts.Chains.Where(c => IsEarly(c, alerts.Terms)).ToList();
        var measured = $"{expected.Count - silent.Count} of {expected.Count}";
        string[] details =
        [
            .. silent.Select(a => $"{a}: {chains[a].Select(c => c.Problem).FirstOrDefault() ?? "no disturbance raised it"}"),
            .. early.Select(c => $"{c.Alert}: active {Seconds(c.ConditionUtc, c.PendingUtc)} s after its condition"),
        ];
        if (silent.Except(uncaused).Any() || early.Count > 0)
        {
            return Verdict.Broken($"not every alert fired when it had to: {string.Join("; ", details)}", "all", measured, details);
        }

        return uncaused.Count > 0 || expected.Count == 0
            ? Verdict.Unknown($"{uncaused.Count} conditions were not caused: {string.Join(", ", uncaused)}", "all", measured, details)
            : Verdict.Holds($"{expected.Count} alerts fired and were delivered", "all", measured);
    }

    /// <summary>From the condition to our receiver within scrape + evaluation + for + group wait + slack, every chain.</summary>
    public static Verdict InTime(AlertsRecord? alerts)
    {
        if (alerts is null)
        {
            return Verdict.Unknown(NotRun);
        }

        const string Objective = "scrape + evaluation + for + group_wait + 0.5 s";
        var timed = alerts.Chains.Where(c => c is { ConditionUtc: not null, DeliveredUtc: not null }).ToList();
        if (timed.Count == 0)
        {
            return Verdict.Unknown("no alert was delivered, so nothing was timed", Objective);
        }

        var worst = timed.MaxBy(c => Took(c) - alerts.Terms.PromisedSeconds(c.ForSeconds))!;
        var late = timed.Where(c => Took(c) > alerts.Terms.PromisedSeconds(c.ForSeconds)).Select(c => Line(c, alerts.Terms)).ToArray();
        var measured = $"worst {Line(worst, alerts.Terms)}";
        return late.Length == 0
            ? Verdict.Holds($"{timed.Count} alerts were delivered in time; worst {Line(worst, alerts.Terms)}", Objective, measured)
            : Verdict.Late($"{late.Length} of {timed.Count} alerts were late: {string.Join("; ", late)}", Objective, measured, late);
    }

    /// <summary>What was delivered was taken back after the condition was gone.</summary>
    public static Verdict Resolved(AlertsRecord? alerts)
    {
        if (alerts is null)
        {
            return Verdict.Unknown(NotRun);
        }

        var delivered = alerts.Chains.Where(c => c.DeliveredUtc is not null).ToList();
        var stuck = delivered.Where(c => c.ResolvedUtc is null).Select(c => $"{c.Alert}: {c.Problem ?? "no resolution"}").ToArray();
        var measured = $"{delivered.Count - stuck.Length} of {delivered.Count}";
        return delivered.Count == 0 ? Verdict.Unknown("no alert was delivered, so none could be resolved", "all", measured)
            : stuck.Length > 0 ? Verdict.Broken($"{stuck.Length} alerts were not resolved: {string.Join("; ", stuck)}", "all", measured, stuck)
            : Verdict.Holds($"all {delivered.Count} alerts were resolved", "all", measured);
    }

    /// <summary>Nine of ten of all rules have a whole chain.</summary>
    public static Verdict Proven(AlertsRecord? alerts)
    {
        if (alerts is null)
        {
            return Verdict.Unknown(NotRun);
        }

        var whole = alerts.Chains.Where(c => c is { Problem: null, ConditionUtc: not null, DeliveredUtc: not null, ResolvedUtc: not null })
            .Select(c => c.Alert).Distinct(StringComparer.Ordinal).ToList();
        var measured = $"{whole.Count} of {alerts.Rules.Count}";
        string[] details = [.. alerts.Uncaused.Select(u => $"{u.Alert}: {u.Reason}")];
        if (alerts.Rules.Count == 0 || alerts.Rules.Except(alerts.Selected).Any())
        {
            return Verdict.Unknown($"only {alerts.Selected.Count} of {alerts.Rules.Count} alerts were asked for", "90 %", measured, details);
        }

        return whole.Count >= LeastShare * alerts.Rules.Count
            ? Verdict.Holds($"{measured} alert rules are proven live", "90 %", measured, details)
            : Verdict.Broken($"only {measured} alert rules are proven live", "90 %", measured, details);
    }

    /// <summary>Seconds from the condition to the delivery.</summary>
    public static double Took(AlertChainRecord chain) => (chain.DeliveredUtc!.Value - chain.ConditionUtc!.Value).TotalSeconds;

    private static List<string> Expected(AlertsRecord alerts) =>
        [.. alerts.Selected.Except(alerts.Uncaused.Select(u => u.Alert))];

    /// <summary>Active before its condition: it fires on something else. The probe's own pause and a scrape's age are allowed for.</summary>
    private static bool IsEarly(AlertChainRecord chain, ChainTerms terms) =>
        chain is { ConditionUtc: { } condition, PendingUtc: { } pending } && (condition - pending).TotalSeconds > terms.ScrapeSeconds + ChainTerms.SlackSeconds;

    private static string Line(AlertChainRecord chain, ChainTerms terms) =>
        string.Create(CultureInfo.InvariantCulture, $"{chain.Alert} {Took(chain):0.00} of {terms.PromisedSeconds(chain.ForSeconds):0.0} s");

    private static string Seconds(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } f && to is { } t ? (t - f).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) : "?";
}

using System.Text;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>The alerts, shortened: silence, every chain against its promise in one line, and what was not proven.</summary>
internal static class AlertSection
{
    /// <summary>The whole table, in the run's folder.</summary>
    public const string TableFile = "60-alerts/chains.md";

    internal static void Append(StringBuilder page, RunEvidence evidence)
    {
        page.Append("\n## Alerts, proven live\n");
        if (evidence.Alerts is not { } alerts)
        {
            page.Append(Invariant($"Unknown: {evidence.WhyMissing(EvidenceFiles.Alerts)}.\n"));
            return;
        }

        var timed = alerts.Chains.Where(c => c is { ConditionUtc: not null, DeliveredUtc: not null }).OrderBy(c => Room(c, alerts.Terms)).ToList();
        page.Append(Invariant($"{timed.Count} of {alerts.Rules.Count} rules caused and delivered, {timed.Count(c => c.ResolvedUtc is not null)} resolved; "))
            .AppendJoin(", ", alerts.Quiet.Select(q => Invariant($"{q.Kind} for {(q.EndedUtc - q.StartedUtc).TotalSeconds:0} s: {q.Fired.Count} fired")))
            .Append(Invariant($". Seconds from condition to receiver, of those that the configuration promises, least room first (each step in `{TableFile}` of the run): "))
            .AppendJoin(" · ", timed.Select(c => Invariant($"{c.Alert} {AlertChains.Took(c):0.00} of {alerts.Terms.PromisedSeconds(c.ForSeconds):0.0}")))
            .Append(".\n");
        if (alerts.Uncaused.Count > 0)
        {
            page.Append("Not caused: ").AppendJoin("; ", alerts.Uncaused.Select(u => $"{u.Alert} ({u.Reason})")).Append(".\n");
        }
    }

    /// <summary>Every chain with each of its steps, in the order of the conditions.</summary>
    internal static string Whole(AlertsRecord alerts)
    {
        var table = new MarkdownTable("alert", "severity", "cause", "condition", "at", "pending>", "firing>", "delivered>", "promised>", "resolved after heal>", "problem");
        foreach (var c in alerts.Chains)
        {
            table.Row(
                c.Alert,
                c.Severity,
                c.Cause,
                c.Condition,
                c.ConditionUtc is { } at ? Invariant($"{at:HH:mm:ss.fff}") : "never",
                After(c.ConditionUtc, c.PendingUtc),
                After(c.ConditionUtc, c.FiringUtc),
                After(c.ConditionUtc, c.DeliveredUtc),
                Figures.Seconds(alerts.Terms.PromisedSeconds(c.ForSeconds)),
                After(c.HealedUtc, c.ResolvedUtc),
                c.Problem ?? "");
        }

        foreach (var uncaused in alerts.Uncaused)
        {
            table.Row(uncaused.Alert, "", "not caused", uncaused.Reason);
        }

        return $"# Alerts, from condition to resolution\n\nSeconds count from the condition as it was seen at its source. Promised: scrape + evaluation + for + group_wait + {Figures.Seconds(ChainTerms.SlackSeconds)}.\n\n{table}";
    }

    private static double Room(AlertChainRecord chain, ChainTerms terms) => terms.PromisedSeconds(chain.ForSeconds) - AlertChains.Took(chain);

    private static string After(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } f && to is { } t ? Figures.Seconds((t - f).TotalSeconds) : "not seen";
}

using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>The alert stage: each chain as seconds since its condition, beside what the configuration promises.</summary>
internal static class PageChains
{
    internal static PageAlerts Build(AlertsRecord alerts) => new(
        alerts.Terms,
        alerts.Rules.Count,
        [.. alerts.Chains.Select(c => Chain(c, alerts))],
        [.. alerts.Quiet.Select(q => new PageQuiet(q.Kind, PageTime.Of(q.StartedUtc), PageTime.Of(q.EndedUtc), q.Operations, q.HealthyRules, q.Fired, q.Delivered))],
        alerts.Uncaused);

    private static PageChain Chain(AlertChainRecord chain, AlertsRecord alerts)
    {
        // The checkers' own judgement, of this chain alone: the table cannot disagree with the promises.
        var alone = alerts with { Selected = [chain.Alert], Chains = [chain], Uncaused = [] };
        var verdict = Verdict.Worst([AlertChains.Delivered(alone), AlertChains.InTime(alone), AlertChains.Resolved(alone)], "nothing was judged");
        return new PageChain(
            chain.Alert, verdict.Kind.ToString().ToLowerInvariant(), chain.Severity, chain.Cause, chain.Condition, PageTime.Of(chain.ConditionUtc),
            Since(chain.PendingUtc), Since(chain.FiringUtc), Since(chain.DeliveredUtc), alerts.Terms.PromisedSeconds(chain.ForSeconds),
            Since(chain.ConditionGoneUtc), Since(chain.ResolvedUtc), chain.Problem);

        double? Since(DateTimeOffset? moment) =>
            moment is { } known && chain.ConditionUtc is { } condition ? PageTime.Number((known - condition).TotalSeconds, 2) : null;
    }
}

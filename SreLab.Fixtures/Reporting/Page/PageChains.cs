using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>The alert stage: each chain as seconds since its condition, beside what the configuration promises.</summary>
internal static class PageChains
{
    internal static PageAlerts Build(AlertsRecord alerts) => new(
        alerts.Terms,
        alerts.Rules.Count,
        [.. alerts.Chains.Select(c => Chain(c, alerts.Terms))],
        [.. alerts.Quiet.Select(q => new PageQuiet(q.Kind, PageTime.Of(q.StartedUtc), PageTime.Of(q.EndedUtc), q.Operations, q.Fired, q.Delivered))],
        alerts.Uncaused);

    private static PageChain Chain(AlertChainRecord chain, ChainTerms terms)
    {
        return new PageChain(
            chain.Alert, chain.Severity, chain.Cause, chain.Condition, PageTime.Of(chain.ConditionUtc),
            Since(chain.PendingUtc), Since(chain.FiringUtc), Since(chain.DeliveredUtc), terms.PromisedSeconds(chain.ForSeconds),
            Since(chain.ConditionGoneUtc), Since(chain.ResolvedUtc), chain.Problem);

        double? Since(DateTimeOffset? moment) =>
            moment is { } known && chain.ConditionUtc is { } condition ? PageTime.Number((known - condition).TotalSeconds, 2) : null;
    }
}

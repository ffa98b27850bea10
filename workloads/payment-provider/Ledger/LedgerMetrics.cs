using SreLab.Workloads.ServiceDefaults.Metrics;

namespace SreLab.Workloads.PaymentProvider.Ledger;

/// <summary>What this instance decided.</summary>
internal sealed class LedgerMetrics(MetricRegistry registry)
{
    private readonly CounterMetric _accepted = registry.Counter("payments_accepted_total", "Payments accepted.");
    private readonly CounterMetric _cents = registry.Counter("payments_accepted_cents_total", "Sum of what was accepted, in cents.");
    private readonly CounterMetric _replayed = registry.Counter("payments_replayed_total", "Requests for a payment that was accepted before.");
    private readonly CounterMetric _refused = registry.Counter("payments_refused_total", "Requests that were refused: without the token, malformed, or under another payment's key.");

    /// <summary>A payment was accepted.</summary>
    /// <param name="cents">Its amount.</param>
    public void Accepted(long cents)
    {
        _accepted.Add(1);
        _cents.Add(cents);
    }

    /// <summary>A payment was told again.</summary>
    public void Replayed() => _replayed.Add(1);

    /// <summary>A request was refused.</summary>
    public void Refused() => _refused.Add(1);
}

using SreLab.Workloads.ServiceDefaults.Metrics;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>What this instance did about payments.</summary>
internal sealed class PaymentMetrics
{
    private readonly CounterMetric _payments;
    private readonly CounterMetric _cents;
    private readonly CounterMetric _attempts;
    private readonly CounterMetric _conflicts;

    public PaymentMetrics(MetricRegistry registry)
    {
        _payments = registry.Counter("invoice_payments_total", "Invoices that this instance marked paid.");
        _cents = registry.Counter("invoice_payments_cents_total", "Sum of their amounts, in euro cents.");
        _attempts = registry.Counter("invoice_payment_attempts_total", "Calls to the provider by their outcome.", "outcome");
        _conflicts = registry.Counter("invoice_payment_conflicts_total", "Payments that the provider accepted for an invoice that was paid in another way meanwhile.");
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            _attempts.Show(ProviderAnswer.NameOf(outcome));
        }
    }

    /// <summary>A call to the provider ended.</summary>
    /// <param name="answer">How.</param>
    public void Attempted(ProviderAnswer answer) => _attempts.Add(1, answer.OutcomeName);

    /// <summary>An invoice was marked paid.</summary>
    /// <param name="cents">Its amount.</param>
    public void Paid(long cents)
    {
        _payments.Add(1);
        _cents.Add(cents);
    }

    /// <summary>The provider accepted what was not owed any more.</summary>
    public void Conflicted() => _conflicts.Add(1);
}

using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Histories;

/// <summary>Everything that one member holds about one invoice of the experiment.</summary>
/// <param name="Invoice">Its id.</param>
/// <param name="Cents">Its amount.</param>
/// <param name="Status">unpaid, paid or void, from <c>shop.invoices</c>.</param>
/// <param name="Orders">Rows of <c>invoicing.payment_orders</c>.</param>
/// <param name="Acknowledged">Those that carry the provider's acknowledgement.</param>
/// <param name="Payments">Rows of <c>shop.payments</c>.</param>
/// <param name="PaymentCents">Their sum.</param>
/// <param name="Accepted">Rows of the provider's ledger.</param>
/// <param name="AcceptedCents">Their sum.</param>
public sealed record InvoiceLedger(
    long Invoice, long Cents, string Status, long Orders, long Acknowledged, long Payments, long PaymentCents, long Accepted, long AcceptedCents);

/// <summary>The experiment with both ledgers: what the checker judges.</summary>
/// <param name="Record">What was done.</param>
/// <param name="Members">Ledgers by member.</param>
/// <param name="IsTorn">A ledger file lost its last line.</param>
public sealed record PaymentHistory(PaymentsRecord Record, IReadOnlyDictionary<string, IReadOnlyList<InvoiceLedger>> Members, bool IsTorn)
{
    /// <summary>Reads the raw evidence.</summary>
    /// <exception cref="Lab.LabException">A ledger is missing or corrupt.</exception>
    public static PaymentHistory Load(RunStore store, PaymentsRecord record)
    {
        var read = record.LedgerFiles.ToDictionary(f => f.Key, f => HistoryReader.Read<InvoiceLedger>(store.PathOf(f.Value)), StringComparer.Ordinal);
        return new PaymentHistory(
            record, read.ToDictionary(r => r.Key, r => r.Value.Rows, StringComparer.Ordinal), read.Values.Any(h => h.IsTorn));
    }
}

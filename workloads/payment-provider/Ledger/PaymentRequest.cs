using Microsoft.AspNetCore.Http;

namespace SreLab.Workloads.PaymentProvider.Ledger;

/// <summary>What a caller wants to be paid.</summary>
/// <param name="InvoiceId">The caller's invoice, above 0.</param>
/// <param name="AmountCents">Amount in cents, above 0.</param>
/// <param name="Currency"><c>EUR</c>.</param>
internal sealed record PaymentRequest(long InvoiceId, long AmountCents, string Currency)
{
    /// <summary>Refuses what cannot be paid.</summary>
    /// <exception cref="BadHttpRequestException">It cannot be paid.</exception>
    public PaymentRequest Checked()
    {
        if (InvoiceId < 1 || AmountCents < 1)
        {
            throw new BadHttpRequestException("invoiceId and amountCents must be above 0");
        }

        return Currency == "EUR" ? this : throw new BadHttpRequestException("currency must be EUR");
    }
}

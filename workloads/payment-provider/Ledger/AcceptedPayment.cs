namespace SreLab.Workloads.PaymentProvider.Ledger;

/// <summary>A payment that was accepted.</summary>
/// <param name="Reference">The provider's name for it.</param>
/// <param name="IdempotencyKey">The caller's name for it.</param>
/// <param name="InvoiceId">The caller's invoice.</param>
/// <param name="AmountCents">Amount in cents.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
internal sealed record AcceptedPayment(string Reference, string IdempotencyKey, long InvoiceId, long AmountCents, string Currency, DateTime AcceptedAt)
{
    /// <summary>Whether a request asks for this very payment.</summary>
    /// <param name="request">The request, which came under the same key.</param>
    public bool IsFor(PaymentRequest request) => (InvoiceId, AmountCents, Currency) == (request.InvoiceId, request.AmountCents, request.Currency);
}

/// <summary>What the ledger says about a request.</summary>
/// <param name="Payment">The payment under the key.</param>
/// <param name="IsNew">Whether this request made it.</param>
internal sealed record LedgerEntry(AcceptedPayment Payment, bool IsNew)
{
    /// <summary>What the caller is told.</summary>
    /// <param name="request">What it asked for.</param>
    public Decision DecisionOn(PaymentRequest request) =>
        IsNew ? Decision.Accepted : Payment.IsFor(request) ? Decision.Replayed : Decision.Refused;
}

/// <summary>What a caller is told.</summary>
internal enum Decision
{
    /// <summary>Accepted now.</summary>
    Accepted,

    /// <summary>Accepted before, and told again.</summary>
    Replayed,

    /// <summary>The key belongs to another payment.</summary>
    Refused,
}

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>A payment that this instance has claimed.</summary>
/// <param name="InvoiceId">The invoice.</param>
/// <param name="Key">The idempotency key, made once.</param>
/// <param name="AmountCents">What is owed, in euro cents.</param>
/// <param name="CorrelationId">Of the request to pay.</param>
/// <param name="Attempt">1 when no attempt came before.</param>
/// <param name="IsUnpaid">Whether the invoice was unpaid when it was claimed.</param>
/// <param name="Claim">Names the claim.</param>
internal sealed record PaymentOrder(long InvoiceId, Guid Key, long AmountCents, string CorrelationId, int Attempt, bool IsUnpaid, Guid Claim);

/// <summary>How an order ended.</summary>
/// <param name="State">Its state now.</param>
/// <param name="IsOurs">Whether this claim ended it; another one may have been faster.</param>
internal sealed record Settlement(string State, bool IsOurs);

namespace SreLab.Workloads.InvoiceApp.Invoices;

/// <summary>An invoice as clients see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">What is printed on it.</param>
/// <param name="OrderId">The order that it is for.</param>
/// <param name="CustomerId">Who owes it.</param>
/// <param name="AmountCents">What is owed, in euro cents.</param>
/// <param name="Status"><c>unpaid</c>, <c>paid</c> or <c>void</c>.</param>
/// <param name="IssuedAt">When it was written.</param>
/// <param name="DueAt">When it must be paid.</param>
/// <param name="PaidAt">When it was paid; null when it was not.</param>
internal sealed record Invoice(long Id, string Number, long OrderId, long CustomerId, long AmountCents, string Status, DateTime IssuedAt, DateTime DueAt, DateTime? PaidAt);

/// <summary>A part of the list.</summary>
/// <param name="Items">Invoices by id.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
internal sealed record InvoicePage(IReadOnlyList<Invoice> Items, string? Next);

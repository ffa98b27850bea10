using System.Text.Json.Serialization;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>What became of one request to pay. <c>Invoices</c> is the sum of <c>Paid</c>, <c>Pending</c> and <c>Rejected</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="CorrelationId">Under which request.</param>
/// <param name="Invoices">How many invoices it pays; those that an earlier run pays are not counted.</param>
/// <param name="Paid">How many of them are paid.</param>
/// <param name="Pending">How many of them are still to be paid.</param>
/// <param name="Rejected">How many of them it will not pay: refused by the provider, or paid in another way meanwhile.</param>
/// <param name="PaidCents">Sum of what is paid, in euro cents.</param>
internal sealed record PaymentRun([property: JsonPropertyOrder(-2)] Guid Id, DateTime RequestedAt, string CorrelationId, long Invoices, long Paid, long Pending, long Rejected, long PaidCents)
{
    /// <summary><c>running</c> or <c>finished</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string State => Pending > 0 ? "running" : "finished";
}

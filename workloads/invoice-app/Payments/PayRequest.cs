using Microsoft.AspNetCore.Http;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Which unpaid invoices to pay: all, the first few, or the ones that are named.</summary>
/// <param name="Limit">At most so many, by id.</param>
/// <param name="InvoiceIds">Only these, 1 to 10,000; what is unknown or not unpaid is left out.</param>
internal sealed record PayRequest(int? Limit = null, IReadOnlyList<long>? InvoiceIds = null)
{
    private const int MostIds = 10_000;

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="BadHttpRequestException">It makes no sense.</exception>
    public PayRequest Checked()
    {
        if (Limit is not null && InvoiceIds is not null)
        {
            throw new BadHttpRequestException("limit and invoiceIds exclude each other");
        }

        if (Limit is < 1)
        {
            throw new BadHttpRequestException(FormattableString.Invariant($"limit is {Limit}, not at least 1"));
        }

        return InvoiceIds is { Count: < 1 or > MostIds }
            ? throw new BadHttpRequestException(FormattableString.Invariant($"invoiceIds has {InvoiceIds.Count} ids, not 1 to {MostIds}"))
            : this;
    }
}

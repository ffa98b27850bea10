using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreLab.Workloads.ServiceDefaults.Http;

namespace SreLab.Workloads.InvoiceApp.Invoices;

/// <summary>The list of invoices, and one of them.</summary>
internal static class InvoiceEndpoints
{
    /// <summary>Adds them.</summary>
    /// <param name="endpoints">Where to.</param>
    public static void MapInvoices(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/invoices", (HttpContext context, InvoiceList invoices, string? paid, string? after, string? limit) =>
            invoices.PageAsync(PageRequest.Parse(context.Request.Query), context.RequestAborted))
            .WithSummary("Invoices by id: paid, unpaid or all, from after on, at most limit.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        endpoints.MapGet("/invoices/{id:long}", async (long id, InvoiceList invoices, CancellationToken ct) =>
            await invoices.FindAsync(id, ct) is { } invoice
                ? Results.Ok(invoice)
                : Problem.Result(StatusCodes.Status404NotFound, FormattableString.Invariant($"there is no invoice {id}")))
            .WithSummary("One invoice.")
            .Produces<Invoice>().ProducesProblem(StatusCodes.Status404NotFound);
    }
}

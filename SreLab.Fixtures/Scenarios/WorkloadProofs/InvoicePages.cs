using System.Text.Json;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>An invoice as a list shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AmountCents">What it is over.</param>
/// <param name="Status">paid, unpaid or void.</param>
internal sealed record ListedInvoice(long Id, long AmountCents, string Status);

/// <summary>What came of following <c>next</c> from a list's first page.</summary>
/// <param name="Items">Everything that was listed, in its order.</param>
/// <param name="Pages">How many pages.</param>
/// <param name="Largest">Items on the largest of them.</param>
/// <param name="HasMore">There is a next page that was not read.</param>
/// <param name="Error">The answer that was no page; null when all were.</param>
internal sealed record InvoicePages(IReadOnlyList<ListedInvoice> Items, int Pages, int Largest, bool HasMore, string? Error)
{
    /// <summary>Most items that a page may have.</summary>
    public const int MostOnPage = 500;

    /// <summary>Follows <c>next</c>.</summary>
    /// <param name="probe">Asks.</param>
    /// <param name="address">A service, or the load balancer.</param>
    /// <param name="paid">Which list.</param>
    /// <param name="limit">Items on a page, 1 to <see cref="MostOnPage"/>.</param>
    /// <param name="mostPages">Where to stop.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<InvoicePages> WalkAsync(HttpProbe probe, Uri address, bool paid, int limit, int mostPages, CancellationToken ct)
    {
        var listed = new List<ListedInvoice>();
        var (pages, largest) = (0, 0);
        var next = FormattableString.Invariant($"/invoices?paid={(paid ? "true" : "false")}&limit={limit}");
        while (next is not null && pages < mostPages)
        {
            var answer = await probe.GetAsync(new Uri(address, next), ct);
            if (answer.Status != 200 || !TryRead(answer, out var items, out var following))
            {
                return new InvoicePages(listed, pages, largest, HasMore: true, $"GET {next}: {answer.Describe()}");
            }

            (pages, largest, next) = (pages + 1, Math.Max(largest, items.Count), following);
            listed.AddRange(items);
        }

        return new InvoicePages(listed, pages, largest, next is not null, Error: null);
    }

    private static bool TryRead(HttpAnswer answer, out List<ListedInvoice> invoices, out string? next)
    {
        (invoices, next) = ([], null);
        if (answer.Json() is not { ValueKind: JsonValueKind.Object } page
            || !page.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array || !page.TryGetProperty("next", out var following))
        {
            return false;
        }

        invoices = [.. items.EnumerateArray().Select(i => new ListedInvoice(
            i.GetProperty("id").GetInt64(), i.GetProperty("amountCents").GetInt64(), i.GetProperty("status").GetString() ?? ""))];
        next = following.ValueKind == JsonValueKind.String ? following.GetString() : null;
        return true;
    }
}

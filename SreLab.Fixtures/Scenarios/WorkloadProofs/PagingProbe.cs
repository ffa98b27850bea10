using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Follows <c>next</c> through the unpaid invoices and compares with what the database held before.</summary>
internal static class PagingProbe
{
    private const int ShortLimit = 50;
    private const int ShortPages = 2;

    public static async Task<PagingRecord> RunAsync(HttpProbe probe, BatteryContext context, CancellationToken ct)
    {
        var isWhole = context.Plan.IsWhole;
        var limit = isWhole ? InvoicePages.MostOnPage : ShortLimit;
        var pages = await InvoicePages.WalkAsync(probe, context.Instance.Service, paid: false, limit, isWhole ? (context.Unpaid.Count / limit) + 2 : ShortPages, ct);
        var error = pages.Error ?? (isWhole && pages.HasMore
            ? FormattableString.Invariant($"there is a next page after {pages.Pages} pages, which hold all unpaid invoices")
            : null);
        var distinct = pages.Items.Select(i => i.Id).ToHashSet();
        var expected = isWhole ? context.Unpaid : [.. context.Unpaid.Take(limit * ShortPages)];
        return new PagingRecord(
            isWhole,
            limit,
            pages.Pages,
            pages.Largest,
            pages.Items.Count,
            pages.Items.Count - distinct.Count,
            error is null ? expected.Count(id => !distinct.Contains(id)) : 0,
            distinct.Except(context.Unpaid).Count(),
            error);
    }
}

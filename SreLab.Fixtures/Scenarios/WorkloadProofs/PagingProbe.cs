using System.Text.Json;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Follows <c>next</c> through the unpaid invoices and compares with what the database held before.</summary>
internal static class PagingProbe
{
    private const int WholeLimit = 500;
    private const int ShortLimit = 50;
    private const int ShortPages = 2;

    public static async Task<PagingRecord> RunAsync(HttpProbe probe, BatteryContext context, CancellationToken ct)
    {
        var limit = context.Plan.IsWhole ? WholeLimit : ShortLimit;
        var mostPages = context.Plan.IsWhole ? (context.Unpaid.Count / limit) + 2 : ShortPages;
        var listed = new List<long>();
        var (pages, largest) = (0, 0);
        string? error = null;
        var next = FormattableString.Invariant($"/invoices?paid=false&limit={limit}");
        while (next is not null && pages < mostPages)
        {
            var answer = await probe.GetAsync(new Uri(context.Instance.Service, next), ct);
            if (answer.Status != 200 || !TryRead(answer, out var ids, out var following))
            {
                error = $"GET {next}: {answer.Describe()}";
                break;
            }

            (pages, largest, next) = (pages + 1, Math.Max(largest, ids.Count), following);
            listed.AddRange(ids);
        }

        if (context.Plan.IsWhole && next is not null && error is null)
        {
            error = FormattableString.Invariant($"there is a next page after {pages} pages, which hold all unpaid invoices");
        }

        var distinct = listed.ToHashSet();
        var expected = context.Plan.IsWhole ? context.Unpaid : [.. context.Unpaid.Take(limit * ShortPages)];
        return new PagingRecord(
            context.Plan.IsWhole,
            limit,
            pages,
            largest,
            listed.Count,
            listed.Count - distinct.Count,
            error is null ? expected.Count(id => !distinct.Contains(id)) : 0,
            distinct.Except(context.Unpaid).Count(),
            error);
    }

    private static bool TryRead(HttpAnswer answer, out List<long> ids, out string? next)
    {
        (ids, next) = ([], null);
        if (answer.Json() is not { ValueKind: JsonValueKind.Object } page
            || !page.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array || !page.TryGetProperty("next", out var following))
        {
            return false;
        }

        ids = [.. items.EnumerateArray().Select(i => i.GetProperty("id").GetInt64())];
        next = following.ValueKind == JsonValueKind.String ? following.GetString() : null;
        return true;
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SreLab.Workloads.InvoiceApp.Invoices;

/// <summary>Which part of the list is wanted.</summary>
/// <param name="Paid">Only paid or only unpaid invoices; null for all, void ones included.</param>
/// <param name="After">Only ids above.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
internal sealed record PageRequest(bool? Paid, long After, int Limit)
{
    private const int DefaultLimit = 100;
    private const int LargestLimit = 500;

    /// <summary>Reads it from a query string.</summary>
    /// <param name="query">The query string.</param>
    /// <exception cref="BadHttpRequestException">A value is wrong.</exception>
    public static PageRequest Parse(IQueryCollection query) => new(
        Text(query, "paid") switch
        {
            null => null,
            "true" => true,
            "false" => false,
            var other => throw new BadHttpRequestException($"paid is '{other}', neither true nor false"),
        },
        Number(query, "after", 0, 0, long.MaxValue),
        (int)Number(query, "limit", DefaultLimit, 1, LargestLimit));

    /// <summary>A page of what was found.</summary>
    /// <param name="found">Up to one more than the limit, by id: the one more tells that the list goes on.</param>
    public InvoicePage PageOf(IReadOnlyList<Invoice> found)
    {
        if (found.Count <= Limit)
        {
            return new InvoicePage(found, null);
        }

        var items = found.Take(Limit).ToList();
        var paid = Paid is { } p ? $"paid={(p ? "true" : "false")}&" : "";
        return new InvoicePage(items, FormattableString.Invariant($"/invoices?{paid}after={items[^1].Id}&limit={Limit}"));
    }

    private static long Number(IQueryCollection query, string name, long otherwise, long minimum, long maximum)
    {
        if (Text(query, name) is not { } text)
        {
            return otherwise;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new BadHttpRequestException(FormattableString.Invariant($"{name} is '{text}', not a whole number from {minimum} to {maximum}"));
    }

    private static string? Text(IQueryCollection query, string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;
}

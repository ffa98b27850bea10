using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace SreLab.Workloads.PaymentProvider.Ledger;

/// <summary>The caller's name for one payment, the same each time it asks.</summary>
internal static partial class IdempotencyKey
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Reads it.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="BadHttpRequestException">It is missing, or not well-formed.</exception>
    public static string Of(HttpRequest request)
    {
        var values = request.Headers[Header];
        return values.Count == 1 && values[0] is { } key && WellFormed().IsMatch(key)
            ? key
            : throw new BadHttpRequestException($"{Header} must be there once, with 1 to 64 of A-Z a-z 0-9 . _ -");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex WellFormed();
}

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>The name under which one request is found in the logs of every service that it passes.</summary>
public static partial class CorrelationId
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Correlation-ID";

    /// <summary>The field of a log line that carries it.</summary>
    public const string Field = "correlation_id";

    private static readonly object Key = new();

    /// <summary>Takes over a well-formed one, else makes one.</summary>
    /// <param name="received">What the header said; null when there was none.</param>
    public static string TakeOverOrMake(string? received) =>
        received is not null && WellFormed().IsMatch(received) ? received : Guid.CreateVersion7().ToString("N");

    /// <summary>That of a request that is being answered.</summary>
    /// <param name="context">The request.</param>
    public static string Of(HttpContext context) => context.Items[Key] as string ?? "";

    internal static void Set(HttpContext context, string id) => context.Items[Key] = id;

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex WellFormed();
}

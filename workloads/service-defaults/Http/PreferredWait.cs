using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>How long a client would rather wait than be told that the work goes on (RFC 7240, <c>Prefer: wait=30</c>).</summary>
public static class PreferredWait
{
    /// <summary>The longest wait that is granted.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Reads it: zero when there is none or it is no whole number, the longest when it asks for more.</summary>
    /// <param name="request">The request.</param>
    public static TimeSpan Of(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries)))
        {
            if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
            }
        }

        return TimeSpan.Zero;
    }
}

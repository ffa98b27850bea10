using System.Globalization;

namespace SreLab.Fixtures.Histories;

/// <summary>The server that acknowledged a write, as <see cref="Operation.Server"/> stores it: <c>address/timeline</c>.</summary>
public static class ServerIdentity
{
    /// <summary>The stored form.</summary>
    public static string Format(string address, int timeline) => string.Create(CultureInfo.InvariantCulture, $"{address}/{timeline}");

    /// <summary>The timeline in a stored identity; null when there is none.</summary>
    public static int? TimelineOf(string? server) =>
        server is not null && int.TryParse(server.AsSpan(server.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var timeline)
            ? timeline
            : null;
}

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>What the clients of an HTTP load do.</summary>
public sealed record HttpLoadOptions
{
    /// <summary>Base address.</summary>
    public required Uri Target { get; init; }

    /// <summary>Scheduled requests per second, above 0.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Decides every request.</summary>
    public required int Seed { get; init; }

    /// <summary>Begins every correlation id; 1 to 40 of <c>A-Za-z0-9._-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Invoices that exist.</summary>
    public required IReadOnlyList<long> Invoices { get; init; }

    /// <summary>From the scheduled moment until a client gives up; longer than the slowest defect, which must be slow and not failed.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Share of the requests for which a connection of their own is opened, 0 to 1.</summary>
    public double NewConnectionShare { get; init; } = 0.1;
}

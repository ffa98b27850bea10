namespace SreLab.Fixtures.Workloads.Ledger;

/// <summary>What the ledger's writers do.</summary>
public sealed record LedgerOptions
{
    /// <summary>Names the rows of this experiment, so that they can be read back; unique in a lab.</summary>
    public required string Run { get; init; }

    /// <summary>Writers, each with one connection; 1 to 32.</summary>
    public required int Writers { get; init; }

    /// <summary>Scheduled writes per second over all writers; 10 to 10,000.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>How long a writer waits for an answer before it calls a write indeterminate.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause before a writer connects again: short, so that it does not lengthen the outage that is measured, and fixed, so that it is known.</summary>
    public TimeSpan ReconnectPause { get; init; } = TimeSpan.FromMilliseconds(50);
}

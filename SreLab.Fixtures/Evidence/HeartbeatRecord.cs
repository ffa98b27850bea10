namespace SreLab.Fixtures.Evidence;

/// <summary>A heartbeat that ran beside a fault: where its histories are.</summary>
public sealed record HeartbeatRecord
{
    /// <summary>Zero of all milliseconds of its histories; equal to the fault's.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>From one scheduled read to the next, milliseconds.</summary>
    public required double ReadPeriodMs { get; init; }

    /// <summary>Beats with their outcomes, relative to the run folder; a beat's id is its number.</summary>
    public required string BeatsFile { get; init; }

    /// <summary>Reads through the read-only endpoint, relative to the run folder.</summary>
    public required string ReadsFile { get; init; }
}

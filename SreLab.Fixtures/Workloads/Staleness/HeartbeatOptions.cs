namespace SreLab.Fixtures.Workloads.Staleness;

/// <summary>How fast the heart beats and is read. The defaults are light, and tell ages apart by a tenth of a second.</summary>
public sealed record HeartbeatOptions
{
    /// <summary>From one beat to the next; the measure cannot tell apart what is shorter.</summary>
    public TimeSpan BeatPeriod { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>From one read to the next.</summary>
    public TimeSpan ReadPeriod { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>After how many reads a new connection is made, so that the endpoint chooses again and every standby is asked.</summary>
    public int ReadsPerConnection { get; init; } = 10;

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);
}

using System.Diagnostics;

namespace SreLab.Fixtures.Histories;

/// <summary>The one clock of an experiment: workload, probe and fault stamp their records with it, so that they can be compared.</summary>
/// <remarks>Monotonic: a step of the wall clock during the experiment moves nothing.</remarks>
public sealed class HistoryClock
{
    private readonly long _zero = Stopwatch.GetTimestamp();

    /// <summary>The moment of zero milliseconds, by the wall clock.</summary>
    public DateTimeOffset StartedUtc { get; } = DateTimeOffset.UtcNow;

    /// <summary>Milliseconds since <see cref="StartedUtc"/>.</summary>
    public double NowMs => Stopwatch.GetElapsedTime(_zero).TotalMilliseconds;
}

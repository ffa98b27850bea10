namespace SreLab.Fixtures.Evidence;

/// <summary>How fast the machine is, measured in about two seconds before the lab was there: with it, figures of two machines can be read next to each other.</summary>
/// <param name="AtUtc">When.</param>
/// <param name="Processors">Logical processors that the suite may use.</param>
/// <param name="OneProcessorMBytesPerSecond">SHA-256 on one thread, 10^6 bytes per second.</param>
/// <param name="AllProcessorsMBytesPerSecond">The same on as many threads as there are processors: less than their number times the other where a quota limits them.</param>
/// <param name="FlushMedianMs">8 KiB written and flushed to the disk under the suite, milliseconds.</param>
/// <param name="FlushP99Ms">Its 99th percentile.</param>
/// <param name="LoopbackMedianMicroseconds">One byte there and back over TCP on loopback, microseconds.</param>
/// <param name="LoopbackP99Microseconds">Its 99th percentile.</param>
public sealed record CalibrationRecord(
    DateTimeOffset AtUtc,
    int Processors,
    double OneProcessorMBytesPerSecond,
    double AllProcessorsMBytesPerSecond,
    double FlushMedianMs,
    double FlushP99Ms,
    double LoopbackMedianMicroseconds,
    double LoopbackP99Microseconds)
{
    /// <summary>In one line.</summary>
    public string Describe() => FormattableString.Invariant(
        $"SHA-256 {OneProcessorMBytesPerSecond:0} MB/s on one processor, {AllProcessorsMBytesPerSecond:0} on all {Processors}; flush of 8 KiB {FlushMedianMs:0.00} ms (p99 {FlushP99Ms:0.0}); loopback {LoopbackMedianMicroseconds:0} us (p99 {LoopbackP99Microseconds:0})");
}

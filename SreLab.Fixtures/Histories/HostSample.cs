namespace SreLab.Fixtures.Histories;

/// <summary>What the machine under the suite did for about a second. Shares are of all its processors, 0 to 1.</summary>
/// <param name="FromUnixMs">Start, milliseconds since 1970.</param>
/// <param name="ToUnixMs">End.</param>
/// <param name="Steal">Taken by the host of a virtual machine.</param>
/// <param name="Most">Which of the others took most; empty when none did.</param>
/// <param name="MostShare">How much that one took, with the programs that it started.</param>
/// <param name="Ours">Taken by the lab and the suite; null where the lab's processes are not on this machine, so that nobody can say whose they are.</param>
/// <param name="Others">Taken by all other programs; null for the same reason.</param>
/// <param name="CpuPressure">Time in which something waited for a processor; null where the kernel does not tell.</param>
/// <param name="IoPressure">Time in which something waited for a disk.</param>
/// <param name="MemoryPressure">Time in which something waited for memory.</param>
public sealed record HostSample(
    long FromUnixMs,
    long ToUnixMs,
    double Steal,
    string Most,
    double MostShare,
    double? Ours = null,
    double? Others = null,
    double? CpuPressure = null,
    double? IoPressure = null,
    double? MemoryPressure = null)
{
    /// <summary>What was taken from the lab and its clients: by other programs, and by the host of a virtual machine.</summary>
    public double Taken => (Others ?? 0) + Steal;
}

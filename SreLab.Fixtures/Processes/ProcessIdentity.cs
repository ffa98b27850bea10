using System.Globalization;

namespace SreLab.Fixtures.Processes;

/// <summary>A process that cannot be mistaken for a later one with the same number.</summary>
/// <param name="Pid">Process number.</param>
/// <param name="StartTicks">Start time in clock ticks since boot: field 22 of <c>/proc/PID/stat</c>.</param>
internal readonly record struct ProcessIdentity(int Pid, long StartTicks)
{
    /// <summary>This process of ours.</summary>
    public static ProcessIdentity Current { get; } =
        new(Environment.ProcessId, ProcessStat.Read(Environment.ProcessId)?.StartTicks ?? 0);

    /// <summary>Whether exactly this process still runs; a zombie does not.</summary>
    public bool IsAlive => ProcessStat.Read(Pid) is { IsAlive: true } stat && stat.StartTicks == StartTicks;

    /// <summary>Sends a signal if exactly this process still runs.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Signal(Signal signal) => IsAlive && Posix.Kill(Pid, signal);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid} {StartTicks}");
}

/// <summary>The signals that a lab needs.</summary>
internal enum Signal
{
    None = 0,
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    SegmentationFault = 11,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

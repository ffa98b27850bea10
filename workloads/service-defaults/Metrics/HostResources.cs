using System.Globalization;

namespace SreLab.Workloads.ServiceDefaults.Metrics;

/// <summary>Processors and memory of the machine, as Linux tells them below <c>/proc</c>.</summary>
/// <param name="time">The clock.</param>
/// <param name="folder">Where to read; <c>/proc</c>.</param>
internal sealed class HostResources(TimeProvider time, string folder = "/proc")
{
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private (long Busy, long All) _before = ReadProcessors(folder);
    private long _beforeAt = time.GetTimestamp();
    private double _ratio;

    /// <summary>Share of all processors that was busy since it was asked before, 0 to 1; what was said before when that is less than a second ago.</summary>
    public double ProcessorRatio
    {
        get
        {
            lock (_lock)
            {
                if (time.GetElapsedTime(_beforeAt) >= ShortestSpan)
                {
                    var now = ReadProcessors(folder);
                    _ratio = now.All > _before.All ? Math.Clamp((double)(now.Busy - _before.Busy) / (now.All - _before.All), 0, 1) : _ratio;
                    (_before, _beforeAt) = (now, time.GetTimestamp());
                }

                return _ratio;
            }
        }
    }

    public double MemoryTotalBytes => Memory("MemTotal:");

    public double MemoryAvailableBytes => Memory("MemAvailable:");

    // user, nice, system, idle, iowait, irq, softirq, steal; guests are within user.
    private static (long Busy, long All) ReadProcessors(string folder)
    {
        var path = Path.Combine(folder, "stat");
        if (!File.Exists(path))
        {
            return default;
        }

        var ticks = File.ReadLines(path).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }

    private double Memory(string name)
    {
        var path = Path.Combine(folder, "meminfo");
        var line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) : null;
        return line is null ? double.NaN : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024d;
    }
}

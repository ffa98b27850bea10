using System.Diagnostics;
using System.Globalization;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>The kernel's counters of this machine at a moment; two of them make rates.</summary>
/// <param name="AtTicks">Stopwatch ticks.</param>
/// <param name="Cpu">Jiffies of all processors by kind, as <c>/proc/stat</c> lists them: user, nice, system, idle, iowait, irq, softirq, steal, …</param>
/// <param name="Disks">Bytes written and milliseconds busy by whole disk.</param>
/// <param name="Load">Load average over a minute.</param>
internal sealed record HostCounters(
    long AtTicks, long[] Cpu, IReadOnlyDictionary<string, (long WrittenBytes, long BusyMs)> Disks, double Load)
{
    private const int Idle = 3;
    private const int IoWait = 4;
    private const int Steal = 7;
    private const int SectorBytes = 512;

    /// <summary>Reads the counters; null where the kernel has none to read.</summary>
    public static HostCounters? TryRead()
    {
        try
        {
            var whole = Directory.EnumerateDirectories("/sys/block").Select(Path.GetFileName).Where(IsPhysical!).ToHashSet();
            return Parse(
                File.ReadAllText("/proc/stat"), File.ReadAllLines("/proc/diskstats"), File.ReadAllText("/proc/loadavg"), whole!, Stopwatch.GetTimestamp());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Reads the counters from the kernel's texts.</summary>
    public static HostCounters Parse(string stat, IEnumerable<string> diskstats, string loadavg, IReadOnlySet<string> wholeDisks, long atTicks)
    {
        // guest and guest_nice, from the ninth on, are already part of user and nice.
        var cpu = Words(stat[..stat.IndexOf('\n', StringComparison.Ordinal)])[1..].Take(8).Select(Number).ToArray();
        var disks = diskstats.Select(Words)
            .Where(words => wholeDisks.Contains(words[2]))
            .ToDictionary(words => words[2], words => (Number(words[9]) * SectorBytes, Number(words[12])));
        return new HostCounters(atTicks, cpu, disks, double.Parse(Words(loadavg)[0], CultureInfo.InvariantCulture));
    }

    /// <summary>Use of the host between two readings, by the names of the benchmark's record.</summary>
    public IReadOnlyDictionary<string, double> Since(HostCounters earlier)
    {
        var cpu = Cpu.Zip(earlier.Cpu, (now, then) => now - then).ToArray();
        var all = Math.Max(cpu.Sum(), 1);
        var seconds = Math.Max(Stopwatch.GetElapsedTime(earlier.AtTicks, AtTicks).TotalSeconds, 1e-3);
        var disks = Disks
            .Where(disk => earlier.Disks.ContainsKey(disk.Key))
            .Select(disk => (Written: disk.Value.WrittenBytes - earlier.Disks[disk.Key].WrittenBytes, Busy: disk.Value.BusyMs - earlier.Disks[disk.Key].BusyMs))
            .ToList();
        return new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["cpu_busy_ratio"] = 1 - ((double)(cpu[Idle] + cpu[IoWait] + cpu[Steal]) / all),
            ["cpu_iowait_ratio"] = (double)cpu[IoWait] / all,
            ["cpu_steal_ratio"] = (double)cpu[Steal] / all,
            ["disk_write_bytes_per_second"] = disks.Sum(disk => disk.Written) / seconds,
            // The busiest one: a second disk that idles does not make the first one faster.
            ["disk_busy_ratio"] = disks.Count > 0 ? Math.Min(disks.Max(disk => disk.Busy) / 1000.0 / seconds, 1) : 0,
            ["load_1m"] = Load,
        };
    }

    /// <summary>Leaves out what has no medium of its own and would be counted twice.</summary>
    private static bool IsPhysical(string device) =>
        !new[] { "loop", "ram", "zram", "dm-", "md", "sr", "fd", "nbd" }.Any(kind => device.StartsWith(kind, StringComparison.Ordinal));

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}

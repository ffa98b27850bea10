using System.Globalization;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>The most memory that this process ever had resident.</summary>
internal static class PeakMemory
{
    /// <summary>Bytes, from the kernel's high-water mark.</summary>
    public static long Bytes()
    {
        if (File.Exists("/proc/self/status"))
        {
            var line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            if (line is not null)
            {
                return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
            }
        }

        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}

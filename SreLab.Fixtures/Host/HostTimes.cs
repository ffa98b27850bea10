using System.Globalization;

namespace SreLab.Fixtures.Host;

/// <summary>Where the time of all processors of the machine went since it started, in clock ticks: the first line of <c>/proc/stat</c>.</summary>
/// <param name="Busy">Programs and the kernel on their behalf; interrupts are nobody's and are left out.</param>
/// <param name="Steal">Taken by the host of a virtual machine.</param>
/// <param name="Total">All of it, idle time included.</param>
internal readonly record struct HostTimes(long Busy, long Steal, long Total)
{
    private const int Fields = 8;

    /// <summary>Reads the line; null when it is none.</summary>
    public static HostTimes? Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length <= Fields || words[0] != "cpu")
        {
            return null;
        }

        // user nice system idle iowait irq softirq steal; what guests took is part of user already.
        var ticks = words[1..(Fields + 1)].Select(w => long.Parse(w, CultureInfo.InvariantCulture)).ToArray();
        return new HostTimes(ticks[0] + ticks[1] + ticks[2], ticks[7], ticks.Sum());
    }
}

using System.Globalization;

namespace SreLab.Fixtures.Host;

/// <summary>How long something waited for a processor, a disk or memory since the machine started: <c>/proc/pressure</c>, microseconds.</summary>
/// <param name="Cpu">For a processor; null where the kernel does not tell.</param>
/// <param name="Io">For a disk.</param>
/// <param name="Memory">For memory.</param>
internal readonly record struct HostPressure(long? Cpu, long? Io, long? Memory)
{
    /// <summary>As it is now.</summary>
    public static HostPressure Read() => new(Read("cpu"), Read("io"), Read("memory"));

    /// <summary>The total of the line that begins with <c>some</c>; null when there is none.</summary>
    public static long? Parse(string text)
    {
        const string Total = "total=";
        return text.Split('\n').FirstOrDefault(l => l.StartsWith("some ", StringComparison.Ordinal)) is { } line
            && line.IndexOf(Total, StringComparison.Ordinal) is > 0 and var at
            && long.TryParse(line[(at + Total.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : null;
    }

    /// <summary>Share of the time that passed, 0 to 1.</summary>
    public static double? Share(long? before, long? after, long passedMs) =>
        before is { } from && after is { } to ? Math.Clamp((to - from) / (passedMs * 1000.0), 0, 1) : null;

    private static long? Read(string resource)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/pressure/{resource}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

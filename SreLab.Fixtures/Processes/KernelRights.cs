using System.Globalization;

namespace SreLab.Fixtures.Processes;

/// <summary>What the kernel lets this process do beside being root: a container's root has not all of it.</summary>
internal static class KernelRights
{
    /// <summary>CAP_SYS_ADMIN of <c>linux/capability.h</c>: needed to mount.</summary>
    private const int SystemAdministration = 21;

    private const string Field = "CapEff:";

    /// <summary>Why this process may not mount a file system; null when it may.</summary>
    public static string? WhyNoMount => WhyNoMountOf(Posix.IsRoot, File.ReadLines("/proc/self/status"));

    /// <summary>The same of any process.</summary>
    /// <param name="isRoot">Whether it runs as root.</param>
    /// <param name="status">Its <c>/proc/PID/status</c>.</param>
    internal static string? WhyNoMountOf(bool isRoot, IEnumerable<string> status) =>
        !isRoot ? "mounting a file system needs root"
        : Effective(status) is { } rights && (rights >> SystemAdministration & 1) == 0 ? "mounting a file system needs CAP_SYS_ADMIN, which this container lacks"
        : null;

    // Where the kernel does not tell, trying it does.
    private static ulong? Effective(IEnumerable<string> status) =>
        status.FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal)) is { } line
        && ulong.TryParse(line[Field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rights) ? rights : null;
}

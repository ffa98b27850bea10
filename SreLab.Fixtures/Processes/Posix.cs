using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SreLab.Fixtures.Processes;

/// <summary>The few calls of the C library that .NET does not offer.</summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "The generated form needs unsafe code, which this project does not allow.")]
internal static class Posix
{
    private const int RemoveSegment = 0;

    /// <summary>Whether this process runs as root.</summary>
    public static bool IsRoot => GetEffectiveUserId() == 0;

    /// <summary>Sends a signal to one process.</summary>
    /// <returns>Whether it was sent.</returns>
    public static bool Kill(int pid, Signal signal)
    {
        // 0 and negative numbers would mean process groups, or every process.
        ArgumentOutOfRangeException.ThrowIfLessThan(pid, 2);
        return NativeKill(pid, (int)signal) == 0;
    }

    /// <summary>Gives a file or folder to a user; a link is not followed.</summary>
    public static void ChangeOwner(string path, uint userId, uint groupId)
    {
        if (NativeChangeOwner(path, userId, groupId) != 0)
        {
            throw new IOException($"chown {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Removes a System V shared memory segment that nobody uses any more.</summary>
    public static bool RemoveSharedMemory(int id) => SharedMemoryControl(id, RemoveSegment, 0) == 0;

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUserId();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int pid, int signal);

    [DllImport("libc", EntryPoint = "lchown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);

    [DllImport("libc", EntryPoint = "shmctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SharedMemoryControl(int id, int command, nint buffer);
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Processes;

/// <summary>The few calls of the C library that .NET does not offer.</summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "The generated form needs unsafe code, which this project does not allow.")]
internal static class Posix
{
    private const int RemoveSegment = 0;

    // Values of <sys/mount.h>.
    private const nuint NoSetUser = 2;
    private const nuint NoDevices = 4;
    private const nuint NoPrograms = 8;
    private const int NoFollow = 8;

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

    /// <summary>Mounts a file system in memory that runs no program and knows no device.</summary>
    /// <param name="source">The name it is listed under.</param>
    /// <param name="path">An empty folder.</param>
    /// <param name="options">For example <c>size=1048576</c>.</param>
    /// <exception cref="LabException">The kernel refused it.</exception>
    public static void MountMemory(string source, string path, string options)
    {
        if (NativeMount(source, path, "tmpfs", NoSetUser | NoDevices | NoPrograms, options) != 0)
        {
            throw new LabException($"mount of {path} refused: {Marshal.GetLastPInvokeErrorMessage()}; a container may need the right to mount (CAP_SYS_ADMIN)");
        }
    }

    /// <summary>Unmounts; a link is not followed.</summary>
    /// <exception cref="LabException">It is in use, or the kernel refused.</exception>
    public static void Unmount(string path)
    {
        if (NativeUnmount(path, NoFollow) != 0)
        {
            throw new LabException($"unmount of {path} refused: {Marshal.GetLastPInvokeErrorMessage()}\n  fix          end what uses it (lsof {path}), then repeat");
        }
    }

    [DllImport("libc", EntryPoint = "mount", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeMount(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string source,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string target,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string type,
        nuint flags,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string data);

    [DllImport("libc", EntryPoint = "umount2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeUnmount([MarshalAs(UnmanagedType.LPUTF8Str)] string target, int flags);

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

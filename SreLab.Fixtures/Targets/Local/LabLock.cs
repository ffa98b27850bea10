using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Only one process at a time changes a lab. The kernel lets go of it when its holder dies.</summary>
internal sealed class LabLock : IDisposable
{
    private readonly FileStream _file;

    private LabLock(FileStream file) => _file = file;

    /// <summary>Takes the lock at once or refuses, naming who holds it.</summary>
    /// <exception cref="LabException">Another process changes this lab.</exception>
    public static LabLock Take(LabHome home)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(home.Lock)!);
        while (true)
        {
            FileStream file;
            try
            {
                // On Unix, FileShare.None is an exclusive flock.
                file = new FileStream(home.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
            {
                throw new LabException(
                    $"the lab on {home.Network} is being changed by another process.\n" +
                    $"  holder       {Holder(home.Lock)}\n" +
                    "  fix          wait until it has ended, then repeat",
                    e);
            }

            // The former holder may have removed the file between our opening and our locking it: then we hold a lock on nothing.
            var held = string.Create(CultureInfo.InvariantCulture, $"fd/{file.SafeFileHandle.DangerousGetHandle()}");
            if (ProcessStat.Link(Environment.ProcessId, held)?.EndsWith(" (deleted)", StringComparison.Ordinal) == false)
            {
                return new LabLock(file);
            }

            file.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        File.Delete(_file.Name);
        _file.Dispose();
    }

    private static string Holder(string path) => ProcessStat.Pids()
        .Where(pid => pid != Environment.ProcessId && ProcessStat.Descriptors(pid).Contains(path, StringComparer.Ordinal))
        .Select(pid => string.Create(CultureInfo.InvariantCulture, $"pid {pid} ({ProcessStat.CommandLine(pid)})"))
        .FirstOrDefault() ?? "unknown (of this process or another user)";
}

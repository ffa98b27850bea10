using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SreLab.Fixtures.Lab;

/// <summary>Live progress of a run: to whoever started it, and to a file of the run.</summary>
/// <remarks>
/// The test platform keeps a test's standard output until the test has ended. So lines go to the descriptor that the
/// Makefile opened (<see cref="SettingNames.ProgressDescriptor"/>), or, when <c>dotnet test</c> was called directly, to
/// the standard output of the process that started this one, if that is a terminal or a pipe. A plain file there is left
/// alone: two writers with their own offsets would overwrite each other.
/// </remarks>
public sealed class RunProgress : IProgressLog, IDisposable
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private readonly Stream? _live;
    private readonly List<string> _early = [];
    private StreamWriter? _file;

    /// <summary>Opens the live sink, if there is one.</summary>
    public RunProgress() => _live = OpenDescriptor() ?? OpenParent();

    /// <inheritdoc />
    public void Say(string line)
    {
        lock (_gate)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"[{_clock.Elapsed.TotalSeconds,7:0.0} s] {line}");
            if (_file is null)
            {
                _early.Add(text);
            }
            else
            {
                _file.WriteLine(text);
            }

            try
            {
                _live?.Write(Encoding.UTF8.GetBytes(text + "\n"));
                _live?.Flush();
            }
            catch (IOException)
            {
                // Whoever watched has gone; the file goes on.
            }
        }
    }

    /// <summary>From now on lines also go to this file; those said before are written first.</summary>
    /// <param name="path">Appended to: a run can be carried on by a later process.</param>
    public void CopyTo(string path)
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = new StreamWriter(path, append: true) { AutoFlush = true };
            _early.ForEach(_file.WriteLine);
            _early.Clear();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _live?.Dispose();
        }
    }

    private static FileStream? OpenDescriptor()
    {
        var text = Environment.GetEnvironmentVariable(SettingNames.ProgressDescriptor);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor) || !Path.Exists($"/proc/self/fd/{descriptor}"))
        {
            return null;
        }

        // The descriptor itself, not a new opening of its file: offset and append mode are then shared with the caller.
        return new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
    }

    private static FileStream? OpenParent()
    {
        try
        {
            var stat = File.ReadAllText("/proc/self/stat");
            var parent = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
            var output = $"/proc/{parent}/fd/1";
            var target = new FileInfo(output).LinkTarget ?? "";
            return target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("/dev/pts/", StringComparison.Ordinal)
                ? new FileStream(output, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

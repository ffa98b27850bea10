using System.Globalization;
using System.Text.Json;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Host;

/// <summary>Watches the machine for as long as it lives, once a second, and keeps a line of each second.</summary>
/// <remarks>A thread of its own: what waits for the thread pool on a busy machine would miss the very seconds that matter.</remarks>
internal sealed class HostWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly string _file;
    private readonly ProcessorAccount? _account;
    private readonly ManualResetEventSlim _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HostTimes _timesBefore;
    private HostPressure _pressureBefore;
    private long _atMs;

    /// <summary>Starts to watch.</summary>
    /// <param name="file">Absolute path, appended to; its folder exists.</param>
    /// <param name="isOfLab">Whether a process of this machine is the lab's; null where that cannot be said.</param>
    public HostWatch(string file, Func<int, bool>? isOfLab)
    {
        _file = file;
        _account = isOfLab is null ? null : new ProcessorAccount(Environment.ProcessId, isOfLab);
        new Thread(Watch) { IsBackground = true, Name = "host watch", Priority = ThreadPriority.AboveNormal }.Start();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _stop.Set();
        await _ended.Task;
        _stop.Dispose();
    }

    private void Watch()
    {
        try
        {
            Look();
            while (!_stop.Wait(Interval))
            {
                Look();
            }

            Look();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A machine that does not tell is not watched; what was timed then is unknown, and says so.
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private void Look()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        if (HostTimes.Parse(File.ReadLines("/proc/stat").First()) is not { } times)
        {
            return;
        }

        var pressure = HostPressure.Read();
        var share = _account?.Add(times, ProcessStat.ReadAll());
        var passedMs = now - _atMs;
        var total = times.Total - _timesBefore.Total;
        if (_atMs > 0 && passedMs > 0 && total > 0)
        {
            var sample = new HostSample(
                _atMs,
                now,
                Round(share?.Steal ?? Math.Max(0, times.Steal - _timesBefore.Steal) / (double)total)!.Value,
                share?.MostPid is { } pid ? NameOf(pid) : "",
                Round(share?.Most ?? 0)!.Value,
                Round(share?.Ours),
                Round(share?.Others),
                Round(HostPressure.Share(_pressureBefore.Cpu, pressure.Cpu, passedMs)),
                Round(HostPressure.Share(_pressureBefore.Io, pressure.Io, passedMs)),
                Round(HostPressure.Share(_pressureBefore.Memory, pressure.Memory, passedMs)));
            File.AppendAllText(_file, JsonSerializer.Serialize(sample, HistoryFormat.Options) + "\n");
        }

        (_timesBefore, _pressureBefore, _atMs) = (times, pressure, now);
    }

    private static double? Round(double? share) => share is { } value ? Math.Round(value, 4) : null;

    /// <summary>Program and first word of its arguments: <c>go build</c>; options and paths are nobody's business.</summary>
    private static string NameOf(int pid)
    {
        var words = ProcessStat.CommandLine(pid).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return ProcessStat.Read(pid)?.Name ?? string.Create(CultureInfo.InvariantCulture, $"process {pid}");
        }

        var program = Path.GetFileName(words[0].TrimEnd(':'));
        return words.Length > 1 && words[1].Length <= 20 && words[1].All(c => char.IsAsciiLetter(c) || c == '-') && words[1][0] != '-' ? $"{program} {words[1]}" : program;
    }
}

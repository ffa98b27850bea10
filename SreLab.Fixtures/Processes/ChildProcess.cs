using System.Diagnostics;
using System.Text;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Processes;

/// <summary>Runs a program to its end and keeps what it says.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it; cancelling kills it.</summary>
    public static async Task<ProgramResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment,
        string? workingDirectory,
        Action<string>? onOutputLine,
        CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "/",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        using var process = new Process { StartInfo = start };
        process.Start();
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput, onOutputLine);
        var error = ReadAsync(process.StandardError, onOutputLine);
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ProgramResult(process.ExitCode, await output, await error, clock.Elapsed);
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string>? onLine)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            onLine?.Invoke(line);
        }

        return text.ToString();
    }
}

using System.Diagnostics;
using System.Text;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Processes;

/// <summary>Runs a program to its end and keeps what it says.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it for the lab; cancelling kills it.</summary>
    public static Task<ProgramResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment,
        string? workingDirectory,
        Action<string>? onOutputLine,
        CancellationToken ct) =>
        RunAsync(ChosenEnvironment.Start(program, arguments, RunsFor.Lab, environment), workingDirectory, onOutputLine, ct);

    /// <summary>The same for the owner of what is worked on: with his credentials and his proxy.</summary>
    public static Task<ProgramResult> RunForOwnerAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment,
        string? workingDirectory,
        Action<string>? onOutputLine,
        CancellationToken ct) =>
        RunAsync(ChosenEnvironment.Start(program, arguments, RunsFor.Owner, environment), workingDirectory, onOutputLine, ct);

    private static async Task<ProgramResult> RunAsync(ProcessStartInfo start, string? workingDirectory, Action<string>? onOutputLine, CancellationToken ct)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.WorkingDirectory = workingDirectory ?? "/";
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

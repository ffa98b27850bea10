using System.Collections;
using System.CommandLine;
using System.Diagnostics;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Surroundings;

namespace SreLab.Cli;

/// <summary><c>srelab hostile -- COMMAND</c>: runs a command in an environment that leads elsewhere, and fails when anything of it was followed.</summary>
internal static class HostileCommand
{
    private const int WasReached = 1;

    internal static Command Create()
    {
        var line = new Argument<string[]>("command") { Description = "After --: a program and its arguments", Arity = ArgumentArity.OneOrMore };
        var command = new Command("hostile", "Run a command in the environment of a shell that is set to another server, proxy and language; none of it may be reached") { line };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(line)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(string[] line, CancellationToken ct)
    {
        await using var surroundings = await HostileSurroundings.StartAsync(SettingsLoader.Load().Network, ct);
        var all = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
        foreach (var (name, value) in surroundings.Variables)
        {
            all[name] = value;
        }

        using var process = Process.Start(ChosenEnvironment.Start(line[0], line[1..], RunsFor.Suite, all))!;
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // An interrupt reached it as well: it puts away what it made, and what it did until then still counts.
            await process.WaitForExitAsync(CancellationToken.None);
        }

        var seen = await surroundings.SeenAsync();
        foreach (var what in seen.Take(10))
        {
            Console.WriteLine($"RED hostile environment: {what}");
        }

        Console.WriteLine(seen.Count == 0
            ? "hostile environment: the second server, the proxy and the scripts saw nobody"
            : FormattableString.Invariant($"hostile environment: followed {seen.Count} times"));
        return process.ExitCode != 0 ? process.ExitCode : seen.Count > 0 ? WasReached : 0;
    }
}

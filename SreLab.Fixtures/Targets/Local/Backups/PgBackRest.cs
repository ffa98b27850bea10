using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>Runs the lab's backup programs as the user that owns the databases.</summary>
internal sealed class PgBackRest(LocalLab lab)
{
    /// <summary>pgBackRest's exit code when another of its commands holds the lock.</summary>
    public const int Locked = 50;

    /// <summary>Runs a program of the lab's backup folder.</summary>
    /// <param name="name">Record name; two of one name never run at once.</param>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onLine">Called for each line as it comes.</param>
    /// <param name="ct">Kills it.</param>
    public Task<ProgramResult> RunAsync(string name, string program, IReadOnlyList<string> arguments, Action<string>? onLine, CancellationToken ct)
    {
        var user = RunAsUser.Resolve()!;
        string[] asUser = user.IsOther
            ? [$"--reuid={user.UserId}", $"--regid={user.GroupId}", "--init-groups", "--", program, .. arguments]
            : [.. arguments];
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = lab.Home.Backup,
            ["PGPASSFILE"] = Path.Combine(lab.Home.Backup, "pgpass"),

            // The caller's own would be taken before the file.
            ["PGPASSWORD"] = "",
            ["TZ"] = "UTC",
            ["LANG"] = "C.UTF-8",
        };
        return lab.RunRecordedAsync(name, user.IsOther ? "setpriv" : program, asUser, environment, lab.Home.Backup, onLine, ct);
    }

    /// <summary>A command of pgBackRest's that must succeed.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="LabException">It failed: its own words.</exception>
    public async Task<string> RequireAsync(string name, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var result = await RunAsync(name, BackupFiles.Program(lab.Home), arguments, null, ct);
        return result.ExitCode == 0 ? result.Output : throw Failure($"pgbackrest {arguments[^1]}", result);
    }

    /// <summary>What a failed command said, in a form for people.</summary>
    public static LabException Failure(string what, ProgramResult result) => new(
        $"{what} failed with exit code {result.ExitCode}: {Reason(result)}");

    /// <summary>The error lines, without time and process.</summary>
    public static string Reason(ProgramResult result)
    {
        var lines = (result.Output + result.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var first = Array.FindIndex(lines, l => l.Contains("ERROR:", StringComparison.Ordinal) || l.Contains("ASSERT:", StringComparison.Ordinal));
        var told = first < 0 ? lines.TakeLast(2) : lines.Skip(first).Take(3).Where(l => !l.Contains("aborted with exception", StringComparison.Ordinal));
        var text = string.Join("; ", told);
        var error = text.IndexOf("ERROR: ", StringComparison.Ordinal);
        return text.Length == 0 ? "it said nothing" : error < 0 ? text : text[(error + "ERROR: ".Length)..];
    }
}

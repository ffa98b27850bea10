using System.Diagnostics;
using System.Text.Json;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Cli.SelfCheck;

/// <summary>One run of one spec class in a process of its own, with or without a planted defect.</summary>
/// <param name="ExitCode">Exit code of the test program; 0 only when every spec was green.</param>
/// <param name="Results">Outcome of each spec by method name.</param>
internal sealed record SpecRun(int ExitCode, IReadOnlyDictionary<string, SpecResult> Results)
{
    /// <summary>Runs a spec class.</summary>
    /// <param name="settings">Where the repository is.</param>
    /// <param name="specClass">Class name without namespace.</param>
    /// <param name="plant">The plant's id, or <c>none</c> for the control.</param>
    /// <param name="environment">Settings of the self-check's lab.</param>
    /// <param name="ct">Ends the process.</param>
    internal static async Task<SpecRun> OfAsync(
        LabSettings settings, string specClass, string plant, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var specs = Path.Combine(settings.RepositoryRoot, "artifacts", "bin", "SreLab.Specs", configuration, "SreLab.Specs.dll");
        if (!File.Exists(specs))
        {
            throw new LabException($"specs are not built: {Path.GetRelativePath(settings.RepositoryRoot, specs)} is missing; build them with: make build");
        }

        var results = Directory.CreateTempSubdirectory("srelab-self-check-").FullName;
        try
        {
            string[] arguments =
            [
                specs, "--filter-class", $"*.{specClass}", "--no-progress", "--no-ansi",
                "--report-ctrf", "--report-ctrf-filename", "specs.json", "--results-directory", results,
            ];
            var start = ChosenEnvironment.Start("dotnet", arguments, RunsFor.Suite, new Dictionary<string, string>(environment) { [SettingNames.Plant] = plant });
            (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            var file = Path.Combine(results, "specs.json");
            if (!File.Exists(file))
            {
                throw new LabException($"self-check broke: {specClass} wrote no result (exit code {process.ExitCode}).\n{await output}\n{await error}");
            }

            return new SpecRun(process.ExitCode, Parse(await File.ReadAllTextAsync(file, ct)));
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    private static Dictionary<string, SpecResult> Parse(string ctrf)
    {
        using var document = JsonDocument.Parse(ctrf);
        return document.RootElement.GetProperty("results").GetProperty("tests").EnumerateArray().ToDictionary(
            t => t.GetProperty("extra").GetProperty("method").GetString()!,
            t => new SpecResult(t.GetProperty("status").GetString()!, t.TryGetProperty("message", out var message) ? message.GetString() ?? "" : ""),
            StringComparer.Ordinal);
    }
}

/// <summary>How one spec ended.</summary>
/// <param name="Status">passed, failed or skipped.</param>
/// <param name="Message">Its error.</param>
internal sealed record SpecResult(string Status, string Message)
{
    /// <summary>Red, for whatever reason.</summary>
    internal bool IsRed => Status == "failed";

    /// <summary>Red, and saying what a plant must bring it to say; a spec that is red because its scenario fell over has proved nothing.</summary>
    internal bool Says(string words) => IsRed && Message.Split('\n')[0].Contains(words, StringComparison.Ordinal);
}

using System.CommandLine;
using SreLab.Fixtures.Diagnosis;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Cli;

/// <summary><c>srelab diagnose</c>: what is wrong with the workloads, with the lines that show it and the entry of TROUBLESHOOTING.md that helps.</summary>
internal static class DiagnoseCommand
{
    private const int CouldNotLook = 2;

    public static Command Create()
    {
        var logs = new Option<string?>("--logs") { Description = "Look at the logs below this folder alone: JSON lines of the workloads, events of Kubernetes, plain text" };
        var disturb = new Option<bool>("--disturb") { Description = $"Also end each instance and take its database away for seconds, to look for {string.Join(", ", LabDiagnosis.Disturbing)}" };
        var command = new Command("diagnose", "Say what is wrong with the workloads; exit code 0 nothing found, 1 something found, 2 it could not look.") { logs, disturb };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(logs), parsed.GetValue(disturb), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? logs, bool mayDisturb, CancellationToken ct)
    {
        try
        {
            var settings = SettingsLoader.Load();
            var troubleshooting = Troubleshooting.Load(settings.RepositoryRoot);
            var result = string.IsNullOrEmpty(logs) ? await LookAsync(settings, troubleshooting, mayDisturb, ct) : Read(logs);
            foreach (var line in result.Lines(troubleshooting))
            {
                await Console.Out.WriteLineAsync(line);
            }

            return result.ExitCode;
        }
        catch (LabException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CouldNotLook;
        }
    }

    private static DiagnosisResult Read(string folder)
    {
        var lines = LogFolder.Read(folder);
        return new DiagnosisResult([.. LogDetectors.Detect(lines), .. EventDetectors.Detect(lines)], []);
    }

    private static async Task<DiagnosisResult> LookAsync(LabSettings settings, Troubleshooting troubleshooting, bool mayDisturb, CancellationToken ct)
    {
        ILab lab = await new LocalTarget(settings).AttachAsync(ct)
            ?? throw new LabException($"no lab is up on {settings.Network}; bring one up with: make up");
        return await new LabDiagnosis(troubleshooting).RunAsync(lab, mayDisturb, new ErrorStreamProgress(), ct);
    }
}

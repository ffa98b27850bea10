using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Kubernetes.Terraform;

/// <summary>Runs Terraform, or OpenTofu, on one of the project's environments. Nothing is written into the repository.</summary>
/// <remarks>
/// The files are copied to the lab's own folder: that is what was applied, also when the repository changes, and what has to be destroyed. Variables go
/// there as a file that only its owner can read; no password is on a command line.
/// </remarks>
/// <param name="program">Path of terraform or tofu.</param>
/// <param name="files">Folders of the lab's copy.</param>
internal sealed class TerraformRunner(string program, TerraformFiles files)
{
    private const int ExitDiffers = 2;

    /// <summary>Folder with providers, for machines that reach no registry.</summary>
    public const string PluginFolderVariable = "TERRAFORM_PLUGIN_DIR";

    /// <summary>Finds the program.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public static string FindProgram() => InstalledPrograms.Find("terraform") ?? InstalledPrograms.Find("tofu")
        ?? throw new LabException("neither terraform nor tofu found on PATH; nothing was touched.\n  fix          install Terraform 1.6 or OpenTofu 1.6, or later");

    /// <summary>Fetches providers and modules.</summary>
    /// <exception cref="LabException">They cannot be had.</exception>
    public async Task InitAsync(CancellationToken ct)
    {
        List<string> arguments = ["init", "-input=false", "-no-color"];
        if (Environment.GetEnvironmentVariable(PluginFolderVariable) is { Length: > 0 } folder)
        {
            arguments.Add($"-plugin-dir={folder}");
        }

        var ended = await RunAsync(arguments, null, ct);
        if (ended.ExitCode != 0)
        {
            throw new LabException(
                $"terraform init failed: exit code {ended.ExitCode.ToString(CultureInfo.InvariantCulture)}; the cluster was not touched.\n" +
                $"  it said      {Indented(ended.Error.Length > 0 ? ended.Error : ended.Output)}\n" +
                $"  fix          let it reach the registry of its providers, or name a folder that has them in {PluginFolderVariable}");
        }
    }

    /// <summary>Makes what the environment describes.</summary>
    /// <exception cref="LabException">Something could not be made; what was made stays in the state.</exception>
    public async Task ApplyAsync(IProgressLog progress, CancellationToken ct) =>
        RequireSuccess("apply", await FollowAsync(["apply", "-json", "-auto-approve", "-input=false", .. files.VariableArguments], progress, ct));

    /// <summary>Removes what was made.</summary>
    /// <exception cref="LabException">Something could not be removed; it stays in the state.</exception>
    public async Task DestroyAsync(IProgressLog progress, CancellationToken ct) =>
        RequireSuccess("destroy", await FollowAsync(["destroy", "-json", "-auto-approve", "-input=false", .. files.VariableArguments], progress, ct));

    /// <summary>What a plan would change now.</summary>
    /// <returns>One line for each change; empty when there is none.</returns>
    /// <exception cref="LabException">There is no plan to be had.</exception>
    public async Task<IReadOnlyList<string>> DriftAsync(CancellationToken ct)
    {
        var (ended, messages) = await FollowAsync(["plan", "-json", "-detailed-exitcode", "-input=false", "-lock=false", .. files.VariableArguments], new SilentProgress(), ct);
        if (ended.ExitCode is not (0 or ExitDiffers))
        {
            RequireSuccess("plan", (ended, messages));
        }

        // Drift alone is no change: right after an apply every object has some, because the server writes an empty map where the code has none.
        var drifted = messages.Where(m => m.Type == "resource_drift").Select(m => m.Change?.Resource?.Addr).ToHashSet(StringComparer.Ordinal);
        var changes = messages.Where(m => m.Type == "planned_change" && m.Change is { Action: not ("no-op" or "read") })
            .Select(m => $"{m.Change!.Resource?.Addr}: {m.Change.Action}{(drifted.Contains(m.Change.Resource?.Addr) ? ", changed outside of terraform" : "")}")
            .Distinct(StringComparer.Ordinal).ToArray();
        return ended.ExitCode == ExitDiffers && changes.Length == 0 ? ["outputs differ"] : changes;
    }

    /// <summary>The outputs.</summary>
    /// <exception cref="LabException">They cannot be read, or one is missing.</exception>
    public async Task<PlatformOutputs> OutputsAsync(CancellationToken ct)
    {
        var ended = await RunAsync(["output", "-json", "-no-color"], null, ct);
        return ended.ExitCode == 0
            ? PlatformOutputs.Parse(ended.Output)
            : throw new LabException($"terraform output failed: exit code {ended.ExitCode.ToString(CultureInfo.InvariantCulture)}.\n  it said      {Indented(ended.Error)}");
    }

    private async Task<(ProgramResult Ended, IReadOnlyList<TerraformMessage> Messages)> FollowAsync(IReadOnlyList<string> arguments, IProgressLog progress, CancellationToken ct)
    {
        var messages = new List<TerraformMessage>();
        var ended = await RunAsync(
            arguments,
            line =>
            {
                if (TerraformMessage.Parse(line) is not { } message)
                {
                    return;
                }

                lock (messages)
                {
                    messages.Add(message);
                }

                if (Told(message) is { } text)
                {
                    progress.Say(text);
                }
            },
            ct);
        lock (messages)
        {
            return (ended, [.. messages]);
        }
    }

    /// <summary>What of a message a person wants to see while it runs; null for the rest.</summary>
    internal static string? Told(TerraformMessage message) => message switch
    {
        { Type: "apply_complete", Hook: { Resource: { } resource } hook } =>
            string.Create(CultureInfo.InvariantCulture, $"terraform: {ShortAddress(resource.Addr)} {Done(hook.Action)} after {hook.ElapsedSeconds:0} s"),
        { Type: "apply_progress", Hook: { Resource: { } resource } hook } =>
            string.Create(CultureInfo.InvariantCulture, $"terraform: {ShortAddress(resource.Addr)}: {hook.Action} since {hook.ElapsedSeconds:0} s"),
        { Type: "diagnostic", Diagnostic: { Severity: "warning" } warning } => $"terraform warns: {warning.Describe()}",
        { Type: "change_summary" } => $"terraform: {message.Text}",
        _ => null,
    };

    private void RequireSuccess(string command, (ProgramResult Ended, IReadOnlyList<TerraformMessage> Messages) run)
    {
        if (run.Ended.ExitCode == 0)
        {
            return;
        }

        var errors = run.Messages.Where(m => m.Diagnostic is { Severity: "error" }).Select(m => files.WithoutSecrets(m.Diagnostic!.Describe())).Distinct(StringComparer.Ordinal).ToArray();
        throw new LabException(
            $"terraform {command} failed: {(errors.Length == 0 ? $"exit code {run.Ended.ExitCode.ToString(CultureInfo.InvariantCulture)}" : $"{errors.Length.ToString(CultureInfo.InvariantCulture)} error{(errors.Length == 1 ? "" : "s")}")}.\n" +
            $"  it said      {string.Join("\n               ", errors.Length > 0 ? errors : [Indented(files.WithoutSecrets(run.Ended.Error))])}\n" +
            $"  state        {files.State}\n" +
            "  repeat       " + (command == "destroy" ? "make down" : "make up"));
    }

    private Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, Action<string>? onLine, CancellationToken ct) =>
        ChildProcess.RunForOwnerAsync(program, arguments, TerraformFiles.ProgramEnvironment, files.Root, onLine, ct);

    private static string Done(string action) => action switch { "create" => "made", "delete" => "removed", "update" => "changed", _ => action };

    private static string ShortAddress(string address) => address.Replace("module.platform.", "", StringComparison.Ordinal).Replace("module.", "", StringComparison.Ordinal);

    private static string Indented(string text) =>
        string.Join("\n               ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(12));
}

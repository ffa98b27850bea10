using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Terraform;

/// <summary>A lab's own copy of the infrastructure's files, its variables and its state; all in one folder that only its owner can enter.</summary>
/// <param name="folder">The folder.</param>
/// <param name="environment">k3s or existing.</param>
internal sealed class TerraformFiles(string folder, string environment)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly string[] Sources = ["infra-terraform", "helm-values", "observability"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>For every run: no questions, no look at newer versions.</summary>
    public static IReadOnlyDictionary<string, string> ProgramEnvironment { get; } =
        new Dictionary<string, string> { ["TF_IN_AUTOMATION"] = "1", ["TF_INPUT"] = "0", ["CHECKPOINT_DISABLE"] = "1" };

    /// <summary>Where Terraform runs.</summary>
    public string Root => Path.Combine(folder, "infra-terraform", "environments", environment);

    /// <summary>What was made.</summary>
    public string State => Path.Combine(Root, "terraform.tfstate");

    /// <summary>Variables, passwords among them.</summary>
    public string Variables => Path.Combine(folder, "lab.tfvars.json");

    /// <summary>Variables of the user's own; they count more.</summary>
    private string OwnVariables => Path.Combine(folder, "own.tfvars");

    /// <summary>Arguments that name the files with variables.</summary>
    public IReadOnlyList<string> VariableArguments =>
        File.Exists(OwnVariables) ? [$"-var-file={Variables}", $"-var-file={OwnVariables}"] : [$"-var-file={Variables}"];

    /// <summary>Whether something was made, as far as the state knows.</summary>
    /// <exception cref="LabException">It cannot be read: nobody may take that for an empty one.</exception>
    public bool HasState()
    {
        try
        {
            return File.Exists(State) && JsonNode.Parse(File.ReadAllText(State))?["resources"]?.AsArray().Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new LabException(
                $"terraform's state cannot be read: {e.Message.Split('\n')[0]}; nothing was touched.\n" +
                $"  file         {State}\n  fix          put back {Path.GetFileName(State)}.backup, which terraform keeps beside it, then repeat",
                e);
        }
    }

    /// <summary>Makes the lab's files those of the repository: what is gone there goes here; state, variables and providers stay.</summary>
    public void CopyFrom(string repository)
    {
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        foreach (var source in Sources)
        {
            var from = Path.Combine(repository, source);
            RemoveStale(from, Path.Combine(folder, source));
            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !IsLeftover(f)))
            {
                var to = Path.Combine(folder, source, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to, overwrite: true);
            }
        }
    }

    // A module that was renamed would be applied under both names.
    private static void RemoveStale(string from, string to)
    {
        if (!Directory.Exists(to))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(to, "*", SearchOption.AllDirectories).Where(f => !IsLeftover(f) && !File.Exists(Path.Combine(from, Path.GetRelativePath(to, f)))).ToArray())
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes the variables. Passwords that are there stay: the database has them.</summary>
    /// <param name="variables">All but passwords.</param>
    /// <param name="newPassword">Makes one.</param>
    /// <param name="own">File of the user's own; empty for none.</param>
    public void WriteVariables(JsonObject variables, Func<string> newPassword, string own)
    {
        var before = ReadVariables()?["passwords"] as JsonObject;
        var passwords = new JsonObject();
        foreach (var name in new[] { "superuser", "owner", "monitor", "invoice_app", "payment_provider", "payment_token", "grafana", "backups" })
        {
            passwords[name] = (string?)before?[name] ?? newPassword();
        }

        variables["passwords"] = passwords;
        WriteSecret(Variables, variables.ToJsonString(Indented));
        if (own.Length > 0)
        {
            WriteSecret(OwnVariables, File.ReadAllText(own));
        }
    }

    /// <summary>A text without the passwords of this lab.</summary>
    public string WithoutSecrets(string text) =>
        (ReadVariables()?["passwords"] as JsonObject ?? []).Select(p => (string?)p.Value).OfType<string>().Where(p => p.Length > 0)
            .Aggregate(text, (t, password) => t.Replace(password, "***", StringComparison.Ordinal));

    private JsonNode? ReadVariables()
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Variables));
        }
        catch (IOException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new LabException($"{Variables} cannot be read: {e.Message}\n  fix          remove it, and the lab that it belongs to: make down", e);
        }
    }

    // What somebody's own runs left in the repository is not the lab's.
    private static bool IsLeftover(string file) =>
        file.Contains("/.terraform/", StringComparison.Ordinal) || file.EndsWith(".terraform.lock.hcl", StringComparison.Ordinal)
        || file.Contains(".tfstate", StringComparison.Ordinal) || file.EndsWith(".tfvars", StringComparison.Ordinal);

    private static void WriteSecret(string path, string text)
    {
        File.Delete(path);
        using var writer = new StreamWriter(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        writer.Write(text);
    }
}

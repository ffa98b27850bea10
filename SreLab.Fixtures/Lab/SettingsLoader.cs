using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Lab;

/// <summary>Reads <c>srelab.json</c>, applies the profile and the environment, and refuses what cannot work: all problems at once.</summary>
public static partial class SettingsLoader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Settings of this process: the nearest <c>srelab.json</c> upwards of the program, and the environment.</summary>
    /// <exception cref="LabException">A value is wrong; nothing was touched.</exception>
    public static LabSettings Load()
    {
        var root = FindRoot(AppContext.BaseDirectory);
        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
        var settings = Load(root, environment);
        if (settings.Plant == Planting.InheritedEnvironment)
        {
            SuiteEnvironment.Plant();
        }

        return settings with { External = settings.External with { Login = SuiteEnvironment.ExternalLogin } };
    }

    /// <summary>Settings from a given repository root and environment.</summary>
    /// <param name="root">Folder that holds <c>srelab.json</c>.</param>
    /// <param name="environment">Environment variables; only <c>SRELAB_*</c> are read, empty ones count as absent.</param>
    /// <exception cref="LabException">A value is wrong; nothing was touched.</exception>
    public static LabSettings Load(string root, IReadOnlyDictionary<string, string> environment)
    {
        var problems = new List<string>();
        var settings = ReadFile(Path.Combine(root, "srelab.json")) with { RepositoryRoot = root };

        var given = environment
            .Where(e => e.Key.StartsWith(SettingNames.Prefix, StringComparison.Ordinal) && e.Value.Trim().Length > 0)
            .ToDictionary(e => e.Key, e => e.Value.Trim(), StringComparer.Ordinal);
        problems.AddRange(given.Keys.Except(SettingNames.All).Order(StringComparer.Ordinal)
            .Select(unknown => $"  {unknown,-22} is not a setting; known: {string.Join(' ', SettingNames.All)}"));

        settings = SettingsProfile.Apply(settings with { Profile = given.GetValueOrDefault(SettingNames.Profile, settings.Profile) }, problems);
        settings = ApplyEnvironment(settings, given, problems);
        Validate(settings, problems);
        return problems.Count == 0
            ? settings
            : throw new LabException(
                $"settings refused: {problems.Count} problem{(problems.Count == 1 ? "" : "s")}; nothing was touched.\n{string.Join('\n', problems)}");
    }

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "srelab.json")))
            {
                return folder.FullName;
            }
        }

        throw new LabException($"srelab.json not found at or above {start}; run from a clone of the repository.");
    }

    private static LabSettings ReadFile(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LabSettings>(File.ReadAllText(path), Options)
                ?? throw new LabException($"settings unreadable: {path} is empty; restore it with: git checkout srelab.json");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new LabException($"settings unreadable: {path}: {e.Message}\n  restore      git checkout srelab.json", e);
        }
    }

    private static LabSettings ApplyEnvironment(LabSettings settings, Dictionary<string, string> given, List<string> problems)
    {
        int? Number(string name)
        {
            if (!given.TryGetValue(name, out var text))
            {
                return null;
            }

            if (int.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            problems.Add($"  {name,-22} is '{text}'; a whole number is needed");
            return null;
        }

        string[]? List(string name) => given.TryGetValue(name, out var text)
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : null;

        var kills = Number(SettingNames.Kills);
        var benchSeconds = Number(SettingNames.BenchSeconds);
        return settings with
        {
            Target = given.GetValueOrDefault(SettingNames.Target, settings.Target),
            Times = given.GetValueOrDefault(SettingNames.Times, settings.Times),
            Network = given.GetValueOrDefault(SettingNames.Network, settings.Network),
            Home = given.GetValueOrDefault(SettingNames.Home, settings.Home),
            Rows = Number(SettingNames.Rows) ?? settings.Rows,
            Seed = Number(SettingNames.Seed) ?? settings.Seed,
            BenchSeconds = benchSeconds ?? settings.BenchSeconds,
            ShortPassSeconds = Math.Min(settings.ShortPassSeconds, benchSeconds ?? int.MaxValue),
            Clients = Number(SettingNames.Clients) ?? settings.Clients,
            Rate = Number(SettingNames.Rate) ?? settings.Rate,
            PostmasterKills = kills ?? settings.PostmasterKills,
            MemberKills = kills ?? settings.MemberKills,
            FaultRepeats = Number(SettingNames.Repeats) ?? settings.FaultRepeats,
            QuietSeconds = Number(SettingNames.QuietSeconds) ?? settings.QuietSeconds,
            Payments = Number(SettingNames.Payments) ?? settings.Payments,
            Alerts = List(SettingNames.Alerts) ?? settings.Alerts,
            Defects = List(SettingNames.Defects) ?? settings.Defects,
            Reseed = given.GetValueOrDefault(SettingNames.Reseed) == "1",
            Plant = given.GetValueOrDefault(SettingNames.Plant, settings.Plant),
            External = ExternalSettingsReader.Apply(settings.External, given),
            Kubernetes = KubernetesSettingsReader.Apply(settings.Kubernetes, given),
        };
    }

    private static void Validate(LabSettings settings, List<string> problems)
    {
        void Range(string name, long value, long least, long most)
        {
            if (value < least || value > most)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"  {name,-22} is {value:N0}; allowed are {least:N0} to {most:N0}"));
            }
        }

        string[] targets = ["auto", "local", "k3s", "existing", "external"];
        if (!targets.Contains(settings.Target))
        {
            problems.Add($"  {"target",-22} is '{settings.Target}'; use one of {string.Join(", ", targets)}");
        }

        if (!LoopbackNetwork().IsMatch(settings.Network) || settings.Network.Split('.').Any(n => int.Parse(n, CultureInfo.InvariantCulture) > 255))
        {
            problems.Add($"  {"network",-22} is '{settings.Network}'; three numbers of a loopback address are needed, for example 127.20.0");
        }

        if (settings.Times is not (LabSettings.TimesDecide or LabSettings.TimesReport))
        {
            problems.Add($"  {"times",-22} is '{settings.Times}'; use {LabSettings.TimesDecide} or {LabSettings.TimesReport}");
        }

        if (settings.Plant is not ("" or Planting.Control) && !Planting.Ids.Contains(settings.Plant))
        {
            problems.Add($"  {"plant",-22} is '{settings.Plant}'; known: {string.Join(", ", Planting.Ids)}");
        }

        problems.AddRange(ExternalSettingsReader.Problems(settings));
        problems.AddRange(KubernetesSettingsReader.Problems(settings));
        problems.AddRange(settings.Defects.Except(WorkloadDefects.All)
            .Select(unknown => $"  {"defects",-22} has '{unknown}'; known: {string.Join(", ", WorkloadDefects.All)}"));
        Range("rows", settings.Rows, 10_000, 100_000_000);
        Range("seed", settings.Seed, 0, int.MaxValue);
        Range("benchSeconds", settings.BenchSeconds, 5, 86_400);
        Range("clients", settings.Clients, 1, 64);
        Range("rate", settings.Rate ?? 1, 1, 1_000_000);
        Range("ledgerRate", settings.LedgerRate, 10, 10_000);
        Range("ledgerWriters", settings.LedgerWriters, 1, 32);
        Range("quietSeconds", settings.QuietSeconds, 5, 3600);
        Range("payments", settings.Payments, 100, 10_000);
        Range("postmasterKills", settings.PostmasterKills, 1, 100);
        Range("memberKills", settings.MemberKills, 1, 100);
        Range("faultRepeats", settings.FaultRepeats, 1, 100);
        foreach (var (script, weight) in settings.Mix)
        {
            Range($"mix.{script}", weight, 0, 1000);
        }

        if (settings.Mix.Values.Sum() <= 0)
        {
            problems.Add($"  {"mix",-22} has no script with a weight above 0");
        }
    }

    [GeneratedRegex(@"^127\.\d{1,3}\.\d{1,3}$")]
    private static partial Regex LoopbackNetwork();
}

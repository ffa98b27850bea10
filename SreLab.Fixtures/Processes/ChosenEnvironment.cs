using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Processes;

/// <summary>For whom a program runs; that decides what it gets of our own environment.</summary>
public enum RunsFor
{
    /// <summary>The lab: servers, clients, shells and tools that the suite starts. Who they talk to is said by the suite alone.</summary>
    Lab,

    /// <summary>The suite itself in another process: with the settings of this one.</summary>
    Suite,

    /// <summary>The owner of a database or a cluster: his commands and Terraform log in somewhere with his credentials, through his proxy.</summary>
    Owner,
}

/// <summary>The one place that makes the environment of a child process: chosen by name, never inherited.</summary>
/// <remarks>
/// <c>PGSERVICE</c>, <c>PGHOSTADDR</c> and <c>PGOPTIONS</c> of somebody's shell lead a client elsewhere than its arguments say, <c>http_proxy</c> a question about
/// this machine to another one, <c>BASH_ENV</c> runs a script of its own in every shell, and <c>LANG</c> changes what is read back. What is not named here is not passed.
/// </remarks>
public static class ChosenEnvironment
{
    /// <summary>The language of everything that is read back.</summary>
    public const string Locale = "C.UTF-8";

    // Where programs, packages and files of the user are. DOTNET_ROOT: programs that were built to run on the SDK, which need not be where they look for it.
    private static readonly string[] Places =
        ["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TZ", "XDG_STATE_HOME", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "DOTNET_CLI_HOME", "NUGET_PACKAGES"];

    // How command lines of clouds and clusters are told who they are.
    private static readonly string[] Credentials =
        ["KUBECONFIG", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CERT_PATH",
            "DOCKER_TLS_VERIFY", "TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"];

    private static readonly string[] CredentialPrefixes =
        ["AWS_", "AZURE_", "ARM_", "GOOGLE_", "CLOUDSDK_", "OCI_", "DIGITALOCEAN_", "HCLOUD_", "OS_", "VAULT_", "HELM_", "TF_TOKEN_", "TF_VAR_"];

    private static readonly string[] Proxies = ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    private static readonly string[] NoProxies = ["no_proxy", "NO_PROXY"];

    /// <summary>What stays on this machine goes through no proxy.</summary>
    private const string Loopback = "127.0.0.0/8,::1,localhost";

    /// <summary>The defect that the self-check plants: what every program inherits as well. Null in every other run.</summary>
    internal static IReadOnlyDictionary<string, string>? Planted { get; set; }

    /// <summary>The environment of a program.</summary>
    /// <param name="audience">For whom it runs.</param>
    /// <param name="given">What it is told besides; counts more.</param>
    public static Dictionary<string, string> Of(RunsFor audience, IReadOnlyDictionary<string, string>? given = null) =>
        Of(
            audience,
            Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal),
            Planted is null ? given : Planted.Concat(given ?? new Dictionary<string, string>()).GroupBy(v => v.Key).ToDictionary(v => v.Key, v => v.Last().Value));

    /// <summary>How a program is started, with its chosen environment.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="audience">For whom it runs.</param>
    /// <param name="given">What it is told besides, as variables.</param>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one place that is meant: its environment is chosen here.")]
    public static ProcessStartInfo Start(
        string program, IEnumerable<string> arguments, RunsFor audience = RunsFor.Lab, IReadOnlyDictionary<string, string>? given = null)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment.Clear();
        foreach (var (name, value) in Of(audience, given))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The same from a given environment.</summary>
    internal static Dictionary<string, string> Of(
        RunsFor audience, IReadOnlyDictionary<string, string> ours, IReadOnlyDictionary<string, string>? given)
    {
        var chosen = ours.Where(v => v.Value.Length > 0 && IsPassed(v.Key, audience, ours)).ToDictionary(StringComparer.Ordinal);
        if (audience == RunsFor.Owner && Proxies.Any(chosen.ContainsKey))
        {
            foreach (var name in NoProxies)
            {
                chosen[name] = ours.GetValueOrDefault(name) is { Length: > 0 } theirs ? $"{theirs},{Loopback}" : Loopback;
            }
        }

        (chosen["LANG"], chosen["LC_ALL"]) = (Locale, Locale);
        foreach (var (name, value) in given ?? new Dictionary<string, string>())
        {
            chosen[name] = value;
        }

        return chosen;
    }

    private static bool IsPassed(string name, RunsFor audience, IReadOnlyDictionary<string, string> ours) => Places.Contains(name) || audience switch
    {
        RunsFor.Suite => name.StartsWith(SettingNames.Prefix, StringComparison.Ordinal),
        RunsFor.Owner => !IsOfLibpq(name)
            && (Credentials.Contains(name) || Proxies.Contains(name) || CredentialPrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal))
                || Named(ours.GetValueOrDefault(SettingNames.Pass)).Contains(name)),
        _ => false,
    };

    // Also when its owner asks for it: which server is meant is said by the command, or by MEMBER_HOST and MEMBER_PORT.
    private static bool IsOfLibpq(string name) => name.StartsWith("PG", StringComparison.Ordinal);

    private static string[] Named(string? names) => (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;

namespace SreLab.Fixtures.Processes;

/// <summary>Makes this process deaf to what a shell says about other servers, before anything of it runs.</summary>
/// <remarks>Npgsql reads <c>PGHOST</c>, <c>PGPORT</c>, <c>PGOPTIONS</c>, <c>PGSSLMODE</c>, <c>PGPASSFILE</c> and more by itself, and HttpClient the proxies.</remarks>
internal static class SuiteEnvironment
{
    /// <summary>Password of a database of the user's own.</summary>
    public const string Password = "PGPASSWORD";

    /// <summary>Password file of a database of the user's own.</summary>
    public const string PasswordFile = "PGPASSFILE";

    private const string OfLibpq = "PG";
    private static Dictionary<string, string> _original = [];

    /// <summary>The login that the user gave for <c>TARGET=external</c>; handed to its connections alone.</summary>
    public static IReadOnlyDictionary<string, string> ExternalLogin { get; private set; } = new Dictionary<string, string>();

    /// <summary>Takes the variables out of this process.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "No program that uses this library may open a connection before it.")]
    internal static void Isolate()
    {
        _original = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
        var names = _original.Keys.Where(n => n.StartsWith(OfLibpq, StringComparison.Ordinal)).ToArray();
        ExternalLogin = names.Where(n => n is Password or PasswordFile).ToDictionary(n => n, n => _original[n], StringComparer.Ordinal);
        foreach (var name in names)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        HttpClient.DefaultProxy = new NotOnThisMachine(HttpClient.DefaultProxy);
    }

    /// <summary>For the self-check alone: programs inherit what this process was started with.</summary>
    internal static void Plant() => ChosenEnvironment.Planted = _original;

    /// <summary>A proxy for what is elsewhere; addresses of this machine are asked directly.</summary>
    private sealed class NotOnThisMachine(IWebProxy elsewhere) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => elsewhere.Credentials;
            set => elsewhere.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : elsewhere.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address) || elsewhere.IsBypassed(host);
    }
}

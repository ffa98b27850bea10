using System.Globalization;
using Npgsql;

namespace SreLab.Fixtures.Targets.External;

/// <summary>A host and a port.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record HostPort(string Host, int Port)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>Where a database is and how to log in, as both clients need it: Npgsql and libpq's programs.</summary>
/// <param name="Hosts">One or more; with more, the session attributes say which is taken.</param>
/// <param name="User">As whom.</param>
/// <param name="Password">Null: from the password file, by both clients alike.</param>
/// <param name="Database">Which database.</param>
/// <param name="SslMode">As libpq writes it.</param>
/// <param name="Files">Certificates and key, by libpq's names: <c>sslrootcert</c>, <c>sslcert</c>, <c>sslkey</c>.</param>
/// <param name="SessionAttributes">As libpq writes <c>target_session_attrs</c>.</param>
internal sealed record DatabaseUrl(
    IReadOnlyList<HostPort> Hosts,
    string User,
    string? Password,
    string Database,
    string SslMode,
    IReadOnlyDictionary<string, string> Files,
    string SessionAttributes)
{
    /// <summary>Another password file than the usual one; null for that.</summary>
    public string? PasswordFile { get; init; }

    public const string AnySession = "any";
    public const string Standby = "standby";
    private const int ConnectSeconds = 5;

    /// <summary>Whether a connection without TLS is out of the question.</summary>
    public bool DemandsTls => SslMode is "require" or "verify-ca" or "verify-full";

    /// <summary>The same login elsewhere.</summary>
    public DatabaseUrl At(IReadOnlyList<HostPort> hosts, string sessionAttributes) => this with { Hosts = hosts, SessionAttributes = sessionAttributes };

    /// <summary>For Npgsql. Not pooled: a pool would hand out connections to servers that were killed.</summary>
    public string ForNpgsql()
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Hosts.Count == 1 ? Hosts[0].Host : string.Join(',', Hosts),
            Database = Database,
            Username = User,
            SslMode = Enum.Parse<SslMode>(SslMode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            Timeout = ConnectSeconds,
            Pooling = false,
            ApplicationName = "srelab",
        };
        if (Hosts.Count == 1)
        {
            builder.Port = Hosts[0].Port;
        }
        else
        {
            builder.TargetSessionAttributes = SessionAttributes;

            // What a host was some seconds ago would add those seconds to an outage.
            builder.HostRecheckSeconds = 0;
        }

        if (Password is not null)
        {
            builder.Password = Password;
        }
        else if (PasswordFile is not null)
        {
            builder.Passfile = PasswordFile;
        }

        (builder.RootCertificate, builder.SslCertificate, builder.SslKey) =
            (Files.GetValueOrDefault("sslrootcert"), Files.GetValueOrDefault("sslcert"), Files.GetValueOrDefault("sslkey"));
        return builder.ConnectionString;
    }

    /// <summary>For libpq's programs.</summary>
    public IReadOnlyDictionary<string, string> ForLibpq()
    {
        var environment = new Dictionary<string, string>
        {
            ["PGHOST"] = string.Join(',', Hosts.Select(h => h.Host)),
            ["PGPORT"] = string.Join(',', Hosts.Select(h => h.Port.ToString(CultureInfo.InvariantCulture))),
            ["PGUSER"] = User,
            ["PGDATABASE"] = Database,
            ["PGSSLMODE"] = SslMode,
            ["PGTARGETSESSIONATTRS"] = Hosts.Count == 1 ? AnySession : SessionAttributes,
            ["PGCONNECT_TIMEOUT"] = ConnectSeconds.ToString(CultureInfo.InvariantCulture),
            ["PGAPPNAME"] = "srelab",
        };
        if (Password is not null)
        {
            environment["PGPASSWORD"] = Password;
        }
        else if (PasswordFile is not null)
        {
            environment["PGPASSFILE"] = PasswordFile;
        }

        foreach (var (name, file) in Files)
        {
            environment[$"PG{name.ToUpperInvariant()}"] = file;
        }

        return environment;
    }

    /// <summary>For people: without the password, as is everything else that is printed.</summary>
    public override string ToString() => $"postgresql://{User}@{string.Join(',', Hosts)}/{Database}?sslmode={SslMode}";
}

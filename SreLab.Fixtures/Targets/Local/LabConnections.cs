using System.Globalization;
using Npgsql;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>How clients of the embedded lab connect: TLS verified against the lab's own authority.</summary>
internal sealed class LabConnections(LabHome home, LabNetwork network, LabSecrets secrets)
{
    private const int ConnectSeconds = 5;

    /// <summary>For Npgsql. Not pooled: a pool would hand out connections to servers that the suite has killed.</summary>
    public string Npgsql(Place place, DatabaseUser user)
    {
        var (host, port) = Address(place);
        return new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Database = Names.Database,
            Username = UserName(user),
            Password = secrets[UserName(user)],
            SslMode = SslMode.VerifyFull,
            RootCertificate = home.CaCertificate,
            Timeout = ConnectSeconds,
            Pooling = false,
            ApplicationName = "srelab",
        }.ConnectionString;
    }

    /// <summary>For programs that use libpq.</summary>
    public IReadOnlyDictionary<string, string> Libpq(Place place, DatabaseUser user)
    {
        var (host, port) = Address(place);
        return new Dictionary<string, string>
        {
            ["PGHOST"] = host,
            ["PGPORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = UserName(user),
            ["PGPASSWORD"] = secrets[UserName(user)],
            ["PGDATABASE"] = Names.Database,
            ["PGSSLMODE"] = "verify-full",
            ["PGSSLROOTCERT"] = home.CaCertificate,
            ["PGCONNECT_TIMEOUT"] = ConnectSeconds.ToString(CultureInfo.InvariantCulture),
            ["PGAPPNAME"] = "srelab",
        };
    }

    private (string Host, int Port) Address(Place place) => place switch
    {
        { Member: { } member } => (member.Host, member.Port),
        { Name: var name } when name == Place.ReadOnly.Name => (network.Endpoints.ReadOnlyHost, network.Endpoints.ReadOnlyPort),
        _ => (network.Endpoints.ReadWriteHost, network.Endpoints.ReadWritePort),
    };

    private static string UserName(DatabaseUser user) => user == DatabaseUser.Admin ? Names.Admin : Names.App;
}

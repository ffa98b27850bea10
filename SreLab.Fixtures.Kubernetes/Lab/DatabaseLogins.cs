using System.Globalization;
using System.Text;
using k8s;
using Npgsql;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Lab;

/// <summary>How clients log in: read from the cluster's own secrets, so that whoever may read them can attach.</summary>
/// <param name="Passwords">By user.</param>
/// <param name="CaFile">Certificate of the operator's authority, as a file.</param>
internal sealed record DatabaseLogins(IReadOnlyDictionary<DatabaseUser, (string Name, string Password)> Passwords, string CaFile)
{
    // As on the other targets; the ledger, whose outage is measured, waits less by itself. A connection whose server is gone without a word ends by its probes.
    private const int ConnectSeconds = 5;
    private const int KeepAliveSeconds = 1;

    private const string Database = "shop";

    /// <summary>Reads secrets and certificate; the certificate is written to a file, because both clients want one.</summary>
    /// <exception cref="LabException">They may not be read.</exception>
    public static async Task<DatabaseLogins> ReadAsync(IKubernetes client, string space, string cluster, string caFile, CancellationToken ct)
    {
        try
        {
            var logins = new Dictionary<DatabaseUser, (string, string)>();
            foreach (var (user, secret) in new[] { (DatabaseUser.App, $"{cluster}-app"), (DatabaseUser.Admin, $"{cluster}-superuser") })
            {
                var data = (await client.CoreV1.ReadNamespacedSecretAsync(secret, space, cancellationToken: ct)).Data;
                logins[user] = (Encoding.UTF8.GetString(data["username"]), Encoding.UTF8.GetString(data["password"]));
            }

            await WriteAuthorityAsync(client, space, cluster, caFile, ct);
            return new DatabaseLogins(logins, caFile);
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"the database's logins in {space} could not be read", e);
        }
    }

    /// <summary>Writes the certificate of a cluster's authority to a file.</summary>
    public static async Task WriteAuthorityAsync(IKubernetes client, string space, string cluster, string caFile, CancellationToken ct)
    {
        try
        {
            await File.WriteAllBytesAsync(caFile, (await client.CoreV1.ReadNamespacedSecretAsync($"{cluster}-ca", space, cancellationToken: ct)).Data["ca.crt"], ct);
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"the certificate of {space}/{cluster} could not be read", e);
        }
    }

    /// <summary>For Npgsql. Not pooled: a pool would hand out connections to servers that were killed.</summary>
    /// <remarks>The certificate names services, not addresses: its authority is verified, the name is not.</remarks>
    public string Npgsql(string host, int port, DatabaseUser user)
    {
        var connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Database = Database,
            Username = Passwords[user].Name,
            Password = Passwords[user].Password,
            SslMode = SslMode.VerifyCA,
            RootCertificate = CaFile,
            Timeout = ConnectSeconds,
            TcpKeepAlive = true,
            TcpKeepAliveTime = KeepAliveSeconds,
            TcpKeepAliveInterval = KeepAliveSeconds,
            Pooling = false,
            ApplicationName = "srelab",
        }.ConnectionString;

        // Its authority is the cluster's own, read from the cluster: no other server has a certificate of it.
        ProvenConnections.Know(connectionString, null);
        return connectionString;
    }

    /// <summary>For programs that use libpq.</summary>
    public IReadOnlyDictionary<string, string> Libpq(string host, int port, DatabaseUser user) => new Dictionary<string, string>
    {
        ["PGHOST"] = host,
        ["PGPORT"] = port.ToString(CultureInfo.InvariantCulture),
        ["PGUSER"] = Passwords[user].Name,
        ["PGPASSWORD"] = Passwords[user].Password,
        ["PGDATABASE"] = Database,
        ["PGSSLMODE"] = "verify-ca",
        ["PGSSLROOTCERT"] = CaFile,
        ["PGCONNECT_TIMEOUT"] = ConnectSeconds.ToString(CultureInfo.InvariantCulture),
        ["PGAPPNAME"] = "srelab",
    };

    // The generated text would hold the passwords.
    /// <inheritdoc />
    public override string ToString() => $"logins of {Passwords.Count} users";
}

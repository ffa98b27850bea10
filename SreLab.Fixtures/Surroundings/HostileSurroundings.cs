using System.Globalization;
using System.Net;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Surroundings;

/// <summary>A shell that is set to somebody else's server, proxy, language and scripts: a second PostgreSQL and a proxy that note every connection, and what leads there.</summary>
/// <remarks>Whoever runs in it must behave as without it. It is real: a client that takes one of the variables over connects, and what it sends is carried out.</remarks>
public sealed class HostileSurroundings : IAsyncDisposable
{
    private const int ServerPort = 5432;
    private const int ProxyPort = 3128;
    private const string Service = "prod";
    private readonly DirectoryInfo _folder;
    private readonly TrapServer _server;
    private readonly TrapListener _proxy;
    private readonly IPAddress _address;

    private HostileSurroundings(DirectoryInfo folder, TrapServer server, TrapListener proxy, IPAddress address)
    {
        (_folder, _server, _proxy, _address) = (folder, server, proxy, address);
        Variables = Write();
    }

    /// <summary>The environment of whoever runs in it, besides his own.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    private string Mark => Path.Combine(_folder.FullName, "mark");

    /// <summary>Starts the second server and the proxy.</summary>
    /// <param name="network">Of the lab; they listen on other addresses, because a lab proves at its end that nobody listens on its own.</param>
    /// <param name="ct">Ends what was started.</param>
    /// <exception cref="LabException">One of them does not start.</exception>
    public static async Task<HostileSurroundings> StartAsync(string network, CancellationToken ct)
    {
        var address = IPAddress.Parse(AddressBeside(network));
        var folder = Directory.CreateTempSubdirectory("srelab-hostile-");

        // The second server runs as another user, and whatever runs a shell leaves its mark.
        folder.UnixFileMode = (UnixFileMode)Convert.ToInt32("777", 8);
        TrapListener? proxy = null;
        try
        {
            proxy = new TrapListener(address, ProxyPort);
            return new HostileSurroundings(folder, await TrapServer.StartAsync(address, ServerPort, folder.FullName, ct), proxy, address);
        }
        catch
        {
            if (proxy is not null)
            {
                await proxy.DisposeAsync();
            }

            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Everything that reached them, one line each; empty when nobody did.</summary>
    public async Task<IReadOnlyList<string>> SeenAsync()
    {
        var server = await _server.SeenAsync(CancellationToken.None);
        var marks = File.Exists(Mark) ? await File.ReadAllLinesAsync(Mark) : [];
        return
        [
            .. server.Select(line => $"the second server was reached: {line}"),
            .. _proxy.Seen.Select(line => $"the proxy was reached: {line}"),
            .. marks.Select(line => $"a script of the environment was run: {line}"),
        ];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>An address for them: in another network than the lab's, the same for the same lab.</summary>
    internal static string AddressBeside(string network)
    {
        var parts = network.Split('.');
        var second = (int.Parse(parts[1], CultureInfo.InvariantCulture) + 100) % 256;
        return string.Create(CultureInfo.InvariantCulture, $"127.{second}.{parts[2]}.66");
    }

    private Dictionary<string, string> Write()
    {
        var (address, port) = (_address.ToString(), ServerPort.ToString(CultureInfo.InvariantCulture));
        var proxy = string.Create(CultureInfo.InvariantCulture, $"http://{address}:{ProxyPort}");
        var script = Put("mark.sh", $"echo \"pid $$ of $PPID\" >>'{Mark}'\n");
        Put(".curlrc", $"proxy = \"{proxy}\"\n");
        var variables = new Dictionary<string, string>
        {
            ["PGSERVICE"] = Service,
            ["PGSERVICEFILE"] = Put("pg_service.conf", $"[{Service}]\nhost={address}\nhostaddr={address}\nport={port}\nuser={TrapServer.Superuser}\ndbname=postgres\n"),
            ["PGHOST"] = address,
            ["PGHOSTADDR"] = address,
            ["PGPORT"] = port,
            ["PGUSER"] = TrapServer.Superuser,
            ["PGDATABASE"] = "postgres",
            ["PGPASSWORD"] = "somebody-elses",
            ["PGPASSFILE"] = Put("pgpass", "*:*:*:*:somebody-elses\n"),
            ["PGOPTIONS"] = "-c default_transaction_read_only=on",
            ["PGSSLMODE"] = "disable",
            ["PGTARGETSESSIONATTRS"] = "standby",
            ["PGCLIENTENCODING"] = "LATIN1",
            ["BASH_ENV"] = script,
            ["ENV"] = script,
            ["CURL_HOME"] = _folder.FullName,
            ["LANG"] = "de_DE.UTF-8",
            ["LC_ALL"] = "de_DE.UTF-8",
            ["LANGUAGE"] = "de",
        };
        foreach (var name in (string[])["http_proxy", "https_proxy", "all_proxy"])
        {
            (variables[name], variables[name.ToUpperInvariant()]) = (proxy, proxy);
        }

        return variables;
    }

    private string Put(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        if (name == "pgpass")
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }
}

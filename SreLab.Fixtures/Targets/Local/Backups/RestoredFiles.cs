using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>What makes a folder that of a restored cluster: without it nothing in it is ended or removed.</summary>
/// <param name="Name">The cluster's name.</param>
/// <param name="LabId">The lab whose repository it came from.</param>
/// <param name="Host">Where it listens.</param>
internal sealed record RestoredMarker(string Name, string LabId, string Host);

/// <summary>Folders and configuration of restored clusters.</summary>
internal sealed partial class RestoredFiles(LabHome home, LabNetwork network, string labId, RunAsUser user)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Data folders of every restored cluster that there is.</summary>
    public static IEnumerable<string> DataFolders(LabHome home) =>
        Directory.Exists(home.Restores) ? Directory.GetDirectories(home.Restores).Select(f => Path.Combine(f, "pgdata")) : [];

    public string Folder(string name) => Path.Combine(home.Restores, name);

    public string Data(string name) => Path.Combine(Folder(name), "pgdata");

    public string Socket(string name) => Path.Combine(Folder(name), "socket");

    /// <summary>Every cluster with a marker of this lab's.</summary>
    public IReadOnlyList<RestoredMarker> All() => Directory.Exists(home.Restores)
        ? [.. Directory.GetDirectories(home.Restores).Select(f => Read(Path.GetFileName(f))).OfType<RestoredMarker>().OrderBy(m => m.Name, StringComparer.Ordinal)]
        : [];

    /// <summary>The marker of a cluster; null when there is none or it is not this lab's.</summary>
    public RestoredMarker? Read(string name)
    {
        try
        {
            return IsName(name) && JsonSerializer.Deserialize<RestoredMarker>(File.ReadAllText(MarkerOf(name)), Options) is { } marker
                && marker.LabId == labId && marker.Name == name ? marker : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether it can be a cluster's name: it becomes part of paths.</summary>
    public static bool IsName(string name) => PlainName().IsMatch(name);

    /// <summary>Makes the folder of a new cluster, marker first.</summary>
    /// <exception cref="LabException">The name cannot be used or is taken, or every address is.</exception>
    public RestoredMarker Create(string name)
    {
        if (!IsName(name))
        {
            throw new LabException($"restore refused: '{name}' cannot name a cluster; nothing was touched.\n  fix          1 to 30 lower-case letters, digits and hyphens: INTO=before-the-delete");
        }

        if (Path.Exists(Folder(name)))
        {
            throw new LabException($"restore refused: there is a cluster {name} already, in {Folder(name)}; nothing was touched.\n  fix          another name (INTO=), or end that one: srelab restore --remove {name}");
        }

        var taken = All().Select(m => m.Host).Concat(Requirements.BusyAddresses(network.RestoreAddresses).Select(b => b.Address.Host)).ToHashSet(StringComparer.Ordinal);
        var host = network.RestoreHosts.FirstOrDefault(h => !taken.Contains(h))
            ?? throw new LabException($"restore refused: all of {network.RestoreHosts[0]} to {network.RestoreHosts[^1]} are taken; nothing was touched.\n  fix          end a restored cluster: srelab restore --remove {(All() is [var first, ..] ? first.Name : "NAME")}");
        user.MakeFolder(Folder(name), Private);
        var marker = new RestoredMarker(name, labId, host);
        user.WriteFile(MarkerOf(name), JsonSerializer.Serialize(marker, Options) + "\n");
        user.MakeFolder(Data(name), Private);
        user.MakeFolder(Socket(name), Private);
        return marker;
    }

    /// <summary>Writes the server's configuration; what the backup brought along is not read, it belongs to a member of the lab.</summary>
    public void Configure(RestoredMarker marker)
    {
        var parameters = PostgresParameters.Shared(home);
        foreach (var (name, value) in new Dictionary<string, object?>
        {
            ["listen_addresses"] = marker.Host,
            ["port"] = LabNetwork.Postgres,
            ["unix_socket_directories"] = Socket(marker.Name),
            ["hba_file"] = Path.Combine(Folder(marker.Name), "pg_hba.conf"),
            ["ssl_cert_file"] = Path.Combine(home.RestoredTls, "server.crt"),
            ["ssl_key_file"] = Path.Combine(home.RestoredTls, "server.key"),
            ["logging_collector"] = false,

            // One server beside three others that go on.
            ["shared_buffers"] = "128MB",

            // It is nobody's member: it archives nothing and waits for no standby.
            ["archive_mode"] = false,
            ["archive_command"] = "",
            ["synchronous_standby_names"] = "",
        })
        {
            parameters[name] = value;
        }

        parameters.Remove("archive_timeout");
        var text = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{(value is bool flag ? (flag ? "on" : "off") : value)}'\n");
        }

        user.WriteFile(Path.Combine(Folder(marker.Name), "postgresql.conf"), text.ToString());
        user.WriteFile(
            Path.Combine(Folder(marker.Name), "pg_hba.conf"),
            $"local all all scram-sha-256\nhostssl all all 127.0.0.1/32 scram-sha-256\nhostssl all all {network.Prefix}.0/24 scram-sha-256\n");
    }

    /// <summary>The server under the supervisor. It stays down when it ends: a restore that fails must be seen.</summary>
    public string Section(RestoredMarker marker)
    {
        var program = ProgramNames.Restored(marker.Name);
        string[] command = [InstalledPrograms.Require("postgres"), "-D", Data(marker.Name), "-c", $"config_file={Path.Combine(Folder(marker.Name), "postgresql.conf")}"];
        return new SupervisedSection(home, user, program, Folder(marker.Name), command) { Restarts = false, StopSignal = "INT" }.Write();
    }

    /// <summary>Removes the folder of a cluster that carries this lab's marker.</summary>
    public void Remove(RestoredMarker marker)
    {
        if (Read(marker.Name) is not null)
        {
            Directory.Delete(Folder(marker.Name), recursive: true);
        }
    }

    private string MarkerOf(string name) => Path.Combine(Folder(name), "srelab-restored.json");

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,29}$")]
    private static partial Regex PlainName();
}

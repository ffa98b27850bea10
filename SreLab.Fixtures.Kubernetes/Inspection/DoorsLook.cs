using System.Globalization;
using k8s;
using k8s.Models;
using Npgsql;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Kubernetes.Targets;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Connects to the database as clients outside of the cluster do.</summary>
/// <param name="parts">Where the lab is.</param>
/// <param name="lab">How to log in.</param>
internal sealed class DoorsLook(LabParts parts, ILab lab)
{
    // More than one: the read-only address spreads over the standbys.
    private const int Connections = 4;

    private const string WhoAnswers = "select host(inet_server_addr()), not pg_is_in_recovery(), (select ssl from pg_stat_ssl where pid = pg_backend_pid())";

    /// <summary>Tries both.</summary>
    public async Task<PlatformRecord> RunAsync(PlatformRecord record, CancellationToken ct) => record with
    {
        Doors =
        [
            await DoorAsync(Place.ReadWrite, LabOpener.ReadWriteService, parts.ReadWrite, ct),
            await DoorAsync(Place.ReadOnly, LabOpener.ReadOnlyService, parts.ReadOnly, ct),
        ],
    };

    private async Task<DoorRecord> DoorAsync(Place place, string service, HostPort address, CancellationToken ct)
    {
        var found = await parts.Client.CoreV1.ReadNamespacedServiceAsync(service, parts.Spaces.Database, cancellationToken: ct);
        var answers = new List<DoorAnswer>();
        for (var i = 0; i < Connections; i++)
        {
            answers.Add(await AskAsync(place, ct));
        }

        return new DoorRecord(place.Name, service, string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}"), IsBalanced(found, address), answers);
    }

    /// <summary>The address is one that the load balancer gave the service.</summary>
    internal static bool IsBalanced(V1Service service, HostPort address) =>
        service.Status?.LoadBalancer?.Ingress?.Any(i => i.Ip == address.Host || i.Hostname == address.Host) == true;

    private async Task<DoorAnswer> AskAsync(Place place, CancellationToken ct)
    {
        try
        {
            await using var connection = ProvenConnections.Create(lab.ConnectionString(place, DatabaseUser.App));
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand(WhoAnswers, connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            return new DoorAnswer(reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), "");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            return new DoorAnswer("", false, false, e.Message.Split('\n')[0]);
        }
    }
}

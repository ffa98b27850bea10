using k8s.Models;
using Npgsql;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>Finds a database in the cluster and opens everything that leads to it. Reads only, but for the suite's own schema.</summary>
/// <param name="settings">Network and prefix.</param>
/// <param name="home">Where the certificate is kept.</param>
/// <param name="nodes">Nodes that may be broken; null for none.</param>
/// <param name="access">What the lab needs of its target.</param>
internal sealed class LabOpener(LabSettings settings, KubernetesHome home, INodeControl? nodes, LabAccess access)
{
    /// <summary>Service of the load balancer that follows the primary.</summary>
    internal const string ReadWriteService = "srelab-rw-lb";

    /// <summary>Service of the load balancer that spreads over the standbys.</summary>
    internal const string ReadOnlyService = "srelab-ro-lb";

    private const string Schema = "srelab";

    /// <summary>Opens the lab once its instances are ready and its load balancers have addresses.</summary>
    /// <param name="client">Taken over.</param>
    /// <param name="spaces">The lab's namespaces.</param>
    /// <param name="id">Id of the lab.</param>
    /// <param name="bound">How long to wait for it.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<KubernetesLab> OpenAsync(k8s.Kubernetes client, LabSpaces spaces, string id, Bound bound, CancellationToken ct)
    {
        var clusters = new ObjectWatch<DatabaseCluster>(ObjectSources.Clusters(client, spaces.Database));
        MemberPods? members = null;
        try
        {
            var cluster = await clusters.WaitAsync(bound, $"every instance of the database in {spaces.Database} to be ready", Ready, ct);
            await using var services = new ObjectWatch<V1Service>(ObjectSources.Services(client, spaces.Database));
            var entrance = new Entrance(client, services);
            var readWrite = await entrance.OfAsync(ReadWriteService, ct);
            var readOnly = await entrance.OfAsync(ReadOnlyService, ct);
            home.Create();
            var logins = await DatabaseLogins.ReadAsync(client, spaces.Database, cluster.Metadata.Name, home.CaCertificate, ct);
            members = new MemberPods(client, spaces.Database, MemberPods.InOrder(cluster.Status.InstanceNames), settings.Network, logins);
            await members.KnownAsync(ct);
            return new KubernetesLab(new LabParts
            {
                Id = id,
                Settings = settings,
                Client = client,
                Spaces = spaces,
                Cluster = cluster.Metadata.Name,
                Clusters = clusters,
                Members = members,
                Logins = logins,
                ReadWrite = readWrite,
                ReadOnly = readOnly,
                Nodes = nodes,
                Access = access,
            });
        }
        catch
        {
            if (members is not null)
            {
                await members.DisposeAsync();
            }

            await clusters.DisposeAsync();
            client.Dispose();
            throw;
        }
    }

    /// <summary>Makes the suite's schema; nothing happens when it is there.</summary>
    public static async Task PrepareDatabaseAsync(ILab lab, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(lab.ConnectionString(Place.ReadWrite, DatabaseUser.App));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"create schema if not exists {Schema}", connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The one cluster whose instances are all ready.</summary>
    internal static (DatabaseCluster? Value, string Seen) Ready(IReadOnlyList<DatabaseCluster> all) => all switch
    {
        [] => (null, "no cluster of CloudNativePG"),
        [{ Status: { } status } cluster] when cluster.Spec.Instances > 0 && status.ReadyInstances == cluster.Spec.Instances && status.CurrentPrimary is not null
            && status.InstanceNames.Count == cluster.Spec.Instances => (cluster, ""),
        [{ Status: { } status } cluster] => (null, FormattableString.Invariant($"{cluster.Metadata.Name}: {status.ReadyInstances} of {cluster.Spec.Instances} ready; {status.Phase ?? "no phase yet"}")),
        _ => (null, $"{string.Join(" and ", all.Select(c => c.Metadata.Name))}: more than one cluster"),
    };
}

using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Kubernetes.Lab;

/// <summary>Everything that a lab on Kubernetes holds open, and gives back.</summary>
internal sealed class LabParts : IAsyncDisposable
{
    /// <summary>Unique id of this lab: that of its database's namespace.</summary>
    public required string Id { get; init; }

    /// <summary>The effective settings.</summary>
    public required LabSettings Settings { get; init; }

    /// <summary>The cluster's API.</summary>
    public required k8s.Kubernetes Client { get; init; }

    /// <summary>Namespaces.</summary>
    public required LabSpaces Spaces { get; init; }

    /// <summary>Name of the database's cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>The cluster as the operator sees it.</summary>
    public required ObjectWatch<DatabaseCluster> Clusters { get; init; }

    /// <summary>Instances on loopback addresses.</summary>
    public required MemberPods Members { get; init; }

    /// <summary>How clients log in.</summary>
    public required DatabaseLogins Logins { get; init; }

    /// <summary>Address of the load balancer that follows the primary.</summary>
    public required HostPort ReadWrite { get; init; }

    /// <summary>Address of the load balancer that spreads over the standbys.</summary>
    public required HostPort ReadOnly { get; init; }

    /// <summary>Nodes that may be broken; null where they are somebody else's.</summary>
    public INodeControl? Nodes { get; init; }

    /// <summary>What it needs of the target that opened it.</summary>
    public required LabAccess Access { get; init; }

    /// <summary>Further forwards, to be closed with the rest.</summary>
    public IList<IAsyncDisposable> Forwards { get; } = [];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var forward in Forwards)
        {
            await forward.DisposeAsync();
        }

        await Members.DisposeAsync();
        await Clusters.DisposeAsync();
        Client.Dispose();
    }
}

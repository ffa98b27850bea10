namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>A container of the lab.</summary>
/// <param name="Id">Docker's id.</param>
/// <param name="Node">Name of its node.</param>
/// <param name="State">As Docker says: running, exited ...</param>
internal sealed record NodeContainer(string Id, string Node, string State)
{
    /// <summary>Whether the control plane is in it.</summary>
    public bool IsServer => Node.EndsWith("-server", StringComparison.Ordinal);
}

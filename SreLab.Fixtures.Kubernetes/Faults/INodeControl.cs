namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>Nodes that the lab itself made, so that they may be lost.</summary>
internal interface INodeControl
{
    /// <summary>Loses a node: its machine stops at once.</summary>
    /// <returns>What was stopped, for the evidence.</returns>
    Task<string> StopAsync(string node, CancellationToken ct);

    /// <summary>Starts it again.</summary>
    Task StartAsync(string node, CancellationToken ct);
}

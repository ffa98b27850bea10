using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>The container of a member as its platform tells it.</summary>
/// <param name="Id">Of this very container: another one after a restart, and in a pod that was made again. Empty while none runs.</param>
/// <param name="SinceCrash">Since the container before it ended; null for the first one of a pod.</param>
/// <param name="State">For people.</param>
public sealed record ContainerLife(string Id, TimeSpan? SinceCrash, string State);

/// <summary>What can be done to the platform under a lab: containers, network, nodes, sizes. Each method returns once it is done or ordered; seeing is the fault's work.</summary>
public interface ILabPlatformFaults
{
    /// <summary>After so long without a crash a container is started again at once: until then each crash doubles the kubelet's wait.</summary>
    static readonly TimeSpan BackOffForgotten = TimeSpan.FromMinutes(10);

    /// <summary>Measures whether something is possible here that a target cannot know beforehand.</summary>
    /// <returns>Why it is not; null when it is.</returns>
    Task<string?> WhyNotAsync(Capability needed, CancellationToken ct);

    /// <summary>Ends a member's container with everything in it.</summary>
    /// <returns>What was signalled, for the evidence.</returns>
    Task<string> KillContainerAsync(Member member, CancellationToken ct);

    /// <summary>How the member's container lives.</summary>
    Task<ContainerLife> LifeAsync(Member member, CancellationToken ct);

    /// <summary>Cuts a member's pod from everybody by network policies.</summary>
    /// <returns>What was changed, for the evidence.</returns>
    Task<string> CutAsync(Member member, CancellationToken ct);

    /// <summary>Whether a connection from one member's pod to another's is made.</summary>
    Task<bool> PassesAsync(Member from, Member to, CancellationToken ct);

    /// <summary>Mends the network; nothing happens when nothing is cut.</summary>
    Task MendAsync(CancellationToken ct);

    /// <summary>Lets nothing new onto a member's node, and asks the instances there to go.</summary>
    /// <returns>What was asked, for the evidence.</returns>
    /// <exception cref="LabException">The node is not the suite's own.</exception>
    Task<string> DrainNodeAsync(Member member, CancellationToken ct);

    /// <summary>Whether the platform's own control plane is on a member's node: lost with it, nobody could tell or do anything any more.</summary>
    Task<bool> IsBesideControlPlaneAsync(Member member, CancellationToken ct);

    /// <summary>Stops the machine of a member's node.</summary>
    /// <returns>What was signalled, for the evidence.</returns>
    /// <exception cref="LabException">The node is not the suite's own, or has the control plane.</exception>
    Task<string> LoseNodeAsync(Member member, CancellationToken ct);

    /// <summary>Starts the node that was lost, and lets pods onto the one that was drained.</summary>
    Task ReturnNodeAsync(CancellationToken ct);

    /// <summary>Gives every instance another request of memory; what it was is kept with the cluster until <see cref="PutSizeBackAsync"/>.</summary>
    /// <returns>What was changed, for the evidence.</returns>
    Task<string> ResizeAsync(CancellationToken ct);

    /// <summary>Gives every instance its old request again, and waits until all have it; nothing happens when nothing was resized.</summary>
    Task PutSizeBackAsync(CancellationToken ct);
}

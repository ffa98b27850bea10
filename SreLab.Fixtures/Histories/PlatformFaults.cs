using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Histories;

/// <summary>The part of the catalogue that only a platform can carry out: containers, network policies, nodes, sizes.</summary>
internal static class PlatformFaults
{
    /// <summary>What happens to it.</summary>
    public static IReadOnlyList<FaultEntry> Accidents { get; } =
    [
        new(FaultKinds.KillContainer, "container killed", "the primary's container ends with everything in it, for the first time; the kubelet starts it again in place")
        {
            // The operator may see it before the container is back: then a standby leads, and both are right.
            Takeover = Takeover.Possible, Hold = TimeSpan.FromSeconds(5), Needs = Capability.Containers, IsOfPlatform = true, IsInSoak = false,
        },
        new(FaultKinds.KillContainerAgain, "container in back-off", "the primary's container ends again so soon after a crash that the kubelet waits 10 s or more before it starts it")
        {
            Takeover = Takeover.Possible, Hold = TimeSpan.FromSeconds(20), Needs = Capability.Containers, IsOfPlatform = true, IsInSoak = false,
        },
        new(FaultKinds.CutNetwork, "network cut", "network policies let nothing to or from the primary's pod; kubelet and API server reach it through its node")
        {
            Takeover = Takeover.Required, Needs = Capability.NetworkPolicies, IsOfPlatform = true, IsInSoak = false,
        },
        new(FaultKinds.LoseNode, "node lost", "SIGKILL to the machine of the primary's node")
        {
            Takeover = Takeover.Required, Needs = Capability.OwnNodes, IsOfPlatform = true, IsInSoak = false,
        },
    ];

    /// <summary>Work that is ordered.</summary>
    public static IReadOnlyList<FaultEntry> Planned { get; } =
    [
        new(FaultKinds.DrainNode, "node drained", "nothing new is let onto the primary's node, and the instances on it are asked to go")
        {
            Takeover = Takeover.Required, IsPlanned = true, Needs = Capability.OwnNodes, IsOfPlatform = true, IsInSoak = false,
        },
        new(FaultKinds.Resize, "memory resized", "every instance gets another request of memory: one pod after another is made again, the primary last after a switchover")
        {
            Takeover = Takeover.Required, IsPlanned = true, Needs = Capability.Containers, IsOfPlatform = true, IsInSoak = false,
        },
    ];
}

namespace SreLab.Fixtures.Targets;

/// <summary>What a target may be unable to do. What needs it is skipped there, with the target's reason.</summary>
public enum Capability
{
    /// <summary>It makes the cluster and its processes itself.</summary>
    BringUp = 0,

    /// <summary>The cluster has three members, one of them synchronous.</summary>
    ThreeMembers = 1,

    /// <summary>The cluster has a standby.</summary>
    Standbys = 2,

    /// <summary>Nobody is to reach the database without TLS.</summary>
    Tls = 3,

    /// <summary>The suite's own rules, routes and exporters watch it.</summary>
    Monitoring = 4,

    /// <summary>The sample workloads can be deployed on it.</summary>
    Workloads = 5,

    /// <summary>PostgreSQL of the primary can be killed alone.</summary>
    KillPostmaster = 6,

    /// <summary>The primary can be lost whole.</summary>
    KillMember = 7,

    /// <summary>The primary's lease can be read.</summary>
    Lease = 8,

    /// <summary>A teardown removes everything that the suite made.</summary>
    Removal = 9,

    /// <summary>The suite's own repository of backups serves it.</summary>
    Backups = 10,

    /// <summary>A dead postmaster makes a standby take over; elsewhere it is started again in place.</summary>
    PostmasterFailover = 11,

    /// <summary>Processes can be frozen, ways cut, all members lost at once: the fault catalogue beyond kills.</summary>
    Machines = 12,

    /// <summary>Switchovers and restarts can be ordered.</summary>
    PlannedWork = 13,

    /// <summary>There is a platform under it whose own objects can be asked: nodes, policies, accounts.</summary>
    Platform = 14,

    /// <summary>What listens for it are the suite's own processes.</summary>
    OwnListeners = 15,

    /// <summary>Its members are containers that something else starts again, and whose size can be changed.</summary>
    Containers = 16,

    /// <summary>Its network enforces policies. Whether it does is measured where the target does not know.</summary>
    NetworkPolicies = 17,

    /// <summary>The nodes under it are the suite's own, and may be drained and lost.</summary>
    OwnNodes = 18,

    /// <summary>What members' servers log can be read.</summary>
    ServerLogs = 19,

    /// <summary>A member's WAL can be put on a volume of its own, which may be filled.</summary>
    Volumes = 20,
}

namespace SreLab.Fixtures.Evidence;

/// <summary>The parts of a platform's inspection: each is named as the promise that is judged on it.</summary>
public static class PlatformParts
{
    /// <summary><see cref="PlatformRecord.Placement"/>.</summary>
    public const string Placement = "instances-apart";

    /// <summary><see cref="PlatformRecord.Volumes"/>.</summary>
    public const string Volumes = "volumes-bound";

    /// <summary><see cref="PlatformRecord.Doors"/>.</summary>
    public const string Doors = "balancer-reached";

    /// <summary><see cref="PlatformRecord.Calls"/>.</summary>
    public const string Calls = "policies-enforced";

    /// <summary><see cref="PlatformRecord.Rights"/>.</summary>
    public const string Rights = "teams-confined";

    /// <summary><see cref="PlatformRecord.Admissions"/>.</summary>
    public const string Admissions = "privileged-refused";

    /// <summary><see cref="PlatformRecord.Dashboards"/>.</summary>
    public const string Dashboards = "dashboards-served";

    /// <summary><see cref="PlatformRecord.RollingUpdate"/>.</summary>
    public const string RollingUpdate = "update-without-failure";

    /// <summary><see cref="PlatformRecord.Autoscaling"/>.</summary>
    public const string Autoscaling = "scales-out-and-back";

    /// <summary><see cref="PlatformRecord.Drift"/>.</summary>
    public const string Drift = "plan-without-changes";
}

/// <summary>What the platform under the lab is and does, seen from outside: only a target that owns one has it.</summary>
public sealed record PlatformRecord
{
    /// <summary>Start of the inspection.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Seconds that it took.</summary>
    public double Seconds { get; init; }

    /// <summary>Parts that this platform does not have, with the reason and how to get them: there is nothing to judge.</summary>
    public IReadOnlyDictionary<string, string> Absent { get; init; } = new Dictionary<string, string>();

    /// <summary>Parts that could not be inspected although they are there, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the instances of the database run.</summary>
    public PlacementRecord? Placement { get; init; }

    /// <summary>Their volumes.</summary>
    public VolumesRecord? Volumes { get; init; }

    /// <summary>The ways in from outside of the cluster.</summary>
    public IReadOnlyList<DoorRecord>? Doors { get; init; }

    /// <summary>Calls between pods.</summary>
    public IReadOnlyList<CallRecord>? Calls { get; init; }

    /// <summary>What the teams' accounts asked for.</summary>
    public IReadOnlyList<RightRecord>? Rights { get; init; }

    /// <summary>Pods that were offered to the admission.</summary>
    public IReadOnlyList<AdmissionRecord>? Admissions { get; init; }

    /// <summary>Dashboards, ours and Grafana's.</summary>
    public DashboardsRecord? Dashboards { get; init; }

    /// <summary>A rolling update under requests.</summary>
    public RollingUpdateRecord? RollingUpdate { get; init; }

    /// <summary>The autoscaler under load.</summary>
    public AutoscalingRecord? Autoscaling { get; init; }

    /// <summary>What a plan would change after all of this; empty when nothing.</summary>
    public IReadOnlyList<string>? Drift { get; init; }

    /// <summary>The same record with a part that the platform does not have.</summary>
    public PlatformRecord Without(string part, string reason) => this with { Absent = new Dictionary<string, string>(Absent) { [part] = reason } };

    /// <summary>The same record with a part that could not be inspected.</summary>
    public PlatformRecord Failed(string part, string reason) => this with { Problems = new Dictionary<string, string>(Problems) { [part] = reason } };
}

/// <summary>Where the instances run.</summary>
/// <param name="Wanted">How many were asked for.</param>
/// <param name="Instances">Those that are there.</param>
/// <param name="UsableNodes">Nodes that are ready and take pods.</param>
public sealed record PlacementRecord(int Wanted, IReadOnlyList<InstancePlace> Instances, IReadOnlyList<string> UsableNodes);

/// <summary>One instance.</summary>
/// <param name="Name">Its pod.</param>
/// <param name="Node">Its node; empty while it has none.</param>
/// <param name="IsReady">It passes its probe.</param>
public sealed record InstancePlace(string Name, string Node, bool IsReady);

/// <summary>The volumes of the database.</summary>
/// <param name="AskedClass">The storage class that the cluster asks for.</param>
/// <param name="IsClassOurs">The lab made that class.</param>
/// <param name="MustBeOurs">The target makes one, so it has to be ours.</param>
/// <param name="Instances">Names of the instances.</param>
/// <param name="Claims">Their claims.</param>
public sealed record VolumesRecord(string AskedClass, bool IsClassOurs, bool MustBeOurs, IReadOnlyList<string> Instances, IReadOnlyList<ClaimRecord> Claims);

/// <summary>One claim.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Instance">The instance that mounts it.</param>
/// <param name="Role">data or wal.</param>
/// <param name="Phase">As Kubernetes has it: Bound, Pending, Lost.</param>
/// <param name="Class">The storage class that it got.</param>
/// <param name="Volume">The volume; empty while there is none.</param>
/// <param name="VolumePhase">The volume's phase.</param>
/// <param name="ReclaimPolicy">What becomes of the volume without its claim.</param>
public sealed record ClaimRecord(string Name, string Instance, string Role, string Phase, string Class, string Volume, string VolumePhase, string ReclaimPolicy);

/// <summary>A way into the database from outside of the cluster.</summary>
/// <param name="Name">read-write or read-only.</param>
/// <param name="Service">Its service.</param>
/// <param name="Address">Host and port that were connected to.</param>
/// <param name="IsBalanced">The address is the load balancer's; else that of a node.</param>
/// <param name="Answers">What each connection found.</param>
public sealed record DoorRecord(string Name, string Service, string Address, bool IsBalanced, IReadOnlyList<DoorAnswer> Answers);

/// <summary>What one connection found.</summary>
/// <param name="Server">Address of the server that answered; empty when none did.</param>
/// <param name="IsPrimary">It accepts writes.</param>
/// <param name="IsEncrypted">The connection has TLS.</param>
/// <param name="Problem">Why none answered; empty when one did.</param>
public sealed record DoorAnswer(string Server, bool IsPrimary, bool IsEncrypted, string Problem);

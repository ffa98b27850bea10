using System.Collections.Immutable;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>A place where a lab can be: makes one, finds one, ends one.</summary>
public interface ITarget
{
    /// <summary>The target's name as users write it: <c>local</c>, <c>k3s</c>, <c>existing</c>, <c>external</c>.</summary>
    string Name { get; }

    /// <summary>What it cannot do: why, and how to get it. Empty for a target that can do everything.</summary>
    IReadOnlyDictionary<Capability, string> Lacks => ImmutableDictionary<Capability, string>.Empty;

    /// <summary>Why it cannot do what is needed; null when it can, or nothing is needed.</summary>
    string? WhyLacking(Capability? needed) =>
        needed is { } capability && Lacks.TryGetValue(capability, out var reason) ? $"not on TARGET={Name}: {reason}" : null;

    /// <summary>What no stage can do without: told once, before the first spec. A target whose stages mend what is missing names nothing here.</summary>
    Task<IReadOnlyList<Requirement>> CheckAccessAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Requirement>>([]);

    /// <summary>What it needs, found or missing; touches nothing.</summary>
    Task<IReadOnlyList<Requirement>> CheckAsync(CancellationToken ct);

    /// <summary>Brings the lab up, attaches to one that is up, or repairs one that is half dead.</summary>
    /// <param name="progress">Told of every change of state.</param>
    /// <param name="ct">Cancels the work; what was started stays recorded, so that <see cref="DownAsync"/> finds it.</param>
    /// <exception cref="LabException">A requirement is missing or an address is taken: nothing was touched.</exception>
    Task<UpResult> UpAsync(IProgressLog progress, CancellationToken ct);

    /// <summary>The lab that is up, without changing anything; null when none is.</summary>
    Task<ILab?> AttachAsync(CancellationToken ct);

    /// <summary>Ends what this target started, as recorded, and removes what carries its marker.</summary>
    /// <exception cref="LabException">Something was left, or what was found does not carry the lab's marker.</exception>
    Task<DownResult> DownAsync(IProgressLog progress, CancellationToken ct);
}

/// <summary>What <see cref="ITarget.UpAsync"/> did.</summary>
/// <param name="Lab">The lab that is up now.</param>
/// <param name="WasUp">It was up and whole before.</param>
/// <param name="Repairs">What was missing and was mended, one sentence each; empty for a fresh or whole lab.</param>
/// <param name="Elapsed">From the call until every member streams and every scrape target is up.</param>
public sealed record UpResult(ILab Lab, bool WasUp, IReadOnlyList<string> Repairs, TimeSpan Elapsed);

/// <summary>What <see cref="ITarget.DownAsync"/> found and proved.</summary>
/// <param name="WasUp">There was something to end.</param>
/// <param name="EndedProcesses">How many recorded processes were still alive and were ended.</param>
/// <param name="RemainingProcesses">Recorded processes still alive afterwards; empty on success.</param>
/// <param name="RemainingListeners">Addresses of the lab on which something still listens; empty on success.</param>
/// <param name="RemainingPaths">Folders of the lab that still exist; empty on success.</param>
public sealed record DownResult(
    bool WasUp,
    int EndedProcesses,
    IReadOnlyList<string> RemainingProcesses,
    IReadOnlyList<string> RemainingListeners,
    IReadOnlyList<string> RemainingPaths);

/// <summary>A lab that is up: where things are, what can be done to it. It outlives the process that made it.</summary>
public interface ILab
{
    /// <summary>Unique id of this lab, made when it was created; also in its marker file.</summary>
    string Id { get; }

    /// <summary>Every member, in a fixed order.</summary>
    IReadOnlyList<Member> Members { get; }

    /// <summary>Where clients connect.</summary>
    LabEndpoints Endpoints { get; }

    /// <summary>Whether the suite can ask and set a cluster manager; without one, what decides an outage is the owner's to know.</summary>
    bool HasClusterManager => true;

    /// <summary>Who is primary, who streams, who is gone.</summary>
    Task<ClusterState> GetClusterStateAsync(CancellationToken ct);

    /// <summary>An Npgsql connection string, TLS verified against the lab's CA. Not pooled: a pool would hand out connections to servers that the suite has killed.</summary>
    /// <param name="place">Through which endpoint or to which member.</param>
    /// <param name="user">As whom.</param>
    string ConnectionString(Place place, DatabaseUser user);

    /// <summary>The <c>PG*</c> environment for a libpq program (pgbench, psql): host, port, user, password, TLS, database.</summary>
    IReadOnlyDictionary<string, string> LibpqEnvironment(Place place, DatabaseUser user);

    /// <summary>Runs a program of PostgreSQL's or the workload's and records it, so that a later up or down finds it if we are killed.</summary>
    /// <param name="name">Record name, unique while it runs, for example <c>pgbench-closed-loop</c>.</param>
    /// <param name="program">A program name (looked up where the packages put PostgreSQL's programs) or a path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Added to the environment.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="onOutputLine">Called for each line of standard output and error, as it comes.</param>
    /// <param name="ct">Kills the program when cancelled.</param>
    Task<ProgramResult> RunRecordedAsync(
        string name,
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        Action<string>? onOutputLine,
        CancellationToken ct);

    /// <summary>Prometheus, Alertmanager and exporters of this lab.</summary>
    ILabMonitoring Monitoring { get; }

    /// <summary>What the programs around PostgreSQL say of themselves.</summary>
    ILabSources Sources { get; }

    /// <summary>The means to break this lab.</summary>
    ILabFaults Faults { get; }

    /// <summary>The sample workloads on this lab's database.</summary>
    ILabWorkloads Workloads { get; }

    /// <summary>Backups of this lab, and restores from them.</summary>
    ILabBackups Backups { get; }

    /// <summary>The platform under it, where there is one that can be asked; null for processes of a machine.</summary>
    ILabPlatform? Platform => null;

    /// <summary>Where each member's server logs, by member name: a file, or a folder whose files all count. Empty where the suite cannot read them.</summary>
    IReadOnlyDictionary<string, string> ServerLogs => ImmutableDictionary<string, string>.Empty;

    /// <summary>Where the cluster manager, the consensus store, proxies and supervisor log, by program name. Empty where the suite cannot read them.</summary>
    IReadOnlyDictionary<string, string> ProgramLogs => ImmutableDictionary<string, string>.Empty;

    /// <summary>Passwords and tokens of this lab, to take them out of what is kept.</summary>
    IReadOnlyCollection<string> SecretValues => [];

    /// <summary>Versions of everything that runs, by program name.</summary>
    Task<IReadOnlyDictionary<string, string>> GetVersionsAsync(CancellationToken ct);

    /// <summary>Changes the cluster manager's dynamic settings; returns when every member that answers has read them, which puts them in force at the end of its loop.</summary>
    /// <param name="settings">By dotted name, for example <c>ttl</c> or <c>postgresql.parameters.work_mem</c>; null removes one.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="LabException">No member took them, or one that answers does not read them.</exception>
    Task ConfigureAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken ct);

    /// <summary>The cluster manager's dynamic settings by dotted name, as they are now.</summary>
    Task<IReadOnlyDictionary<string, string>> GetDynamicSettingsAsync(CancellationToken ct);

    /// <summary>Every scrape target that the lab should have, with its health; unknown when Prometheus does not tell.</summary>
    Task<IReadOnlyList<ScrapeTargetRecord>> GetScrapeTargetsAsync(CancellationToken ct);

    /// <summary>Whether a process of this machine, by its number, is the lab's; null where they run elsewhere or cannot be recognised.</summary>
    Func<int, bool>? OwnsProcess => null;

    /// <summary>Sockets of the lab's processes that can be reached from beyond this machine; empty is the promise.</summary>
    IReadOnlyList<string> ListenersBeyondLoopback();

    /// <summary>The member that the consensus store names as leader; null when nobody holds the leader key. Works during a fault too.</summary>
    Task<string?> GetLeaderNameAsync(CancellationToken ct);
}

/// <summary>How a recorded program ended.</summary>
/// <param name="ExitCode">Its exit code; 128 + signal when it was killed.</param>
/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Standard error, whole.</param>
/// <param name="Elapsed">From start to end.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error, TimeSpan Elapsed);

/// <summary>Where a client connects to.</summary>
/// <param name="ReadWriteHost">Follows the primary.</param>
/// <param name="ReadWritePort">Port of the read-write endpoint.</param>
/// <param name="ReadOnlyHost">Spreads over the standbys.</param>
/// <param name="ReadOnlyPort">Port of the read-only endpoint.</param>
/// <param name="Prometheus">Prometheus' base address; null where there is none.</param>
/// <param name="Alertmanager">Alertmanager's base address; null where there is none.</param>
/// <param name="Database">The database that holds the seeded schema.</param>
public sealed record LabEndpoints(
    string ReadWriteHost,
    int ReadWritePort,
    string ReadOnlyHost,
    int ReadOnlyPort,
    Uri? Prometheus,
    Uri? Alertmanager,
    string Database)
{
    /// <summary>Grafana's base address; null where there is none.</summary>
    public Uri? Grafana { get; init; }
}

/// <summary>A way into the cluster: an endpoint, or one member directly.</summary>
/// <param name="Name">read-write, read-only, or the member's name.</param>
/// <param name="Member">The member, when it is one.</param>
public sealed record Place(string Name, Member? Member)
{
    /// <summary>The endpoint that follows the primary.</summary>
    public static Place ReadWrite { get; } = new("read-write", null);

    /// <summary>The endpoint that spreads over the standbys.</summary>
    public static Place ReadOnly { get; } = new("read-only", null);

    /// <summary>One member directly, whatever its role.</summary>
    public static Place On(Member member) => new(member.Name, member);
}

/// <summary>As whom a client connects.</summary>
public enum DatabaseUser
{
    /// <summary>Owner of the seeded schema and the ledger; not a superuser.</summary>
    App = 0,

    /// <summary>Superuser: settings, statistics, plants of self-check.</summary>
    Admin = 1,
}

using System.Net;
using k8s;
using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Backups;
using SreLab.Fixtures.Kubernetes.Bench;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Kubernetes.Forwards;
using SreLab.Fixtures.Kubernetes.Inspection;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.External;
using SreLab.Fixtures.Targets.Kubernetes;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Kubernetes.Lab;

/// <summary>A CloudNativePG cluster as a lab: asked by SQL and by watches, broken through the API server.</summary>
internal sealed class KubernetesLab : ILab, ILabEvents, IAsyncDisposable
{
    // A dead member refuses at once; only a machine under full load, or one that is gone, needs this long.
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(2);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly LabParts _parts;

    /// <summary>Joins the parts; nothing is asked yet.</summary>
    public KubernetesLab(LabParts parts)
    {
        _parts = parts;
        var edge = new LabNetwork(parts.Settings.Network).Edge;
        var prometheus = Forward(edge, "app.kubernetes.io/name=prometheus", LabNetwork.PrometheusPort);
        var alertmanager = Forward(edge, "app.kubernetes.io/name=alertmanager", LabNetwork.AlertmanagerPort);
        var grafana = Forward(edge, "app.kubernetes.io/name=grafana", GrafanaPort);
        Endpoints = new LabEndpoints(parts.ReadWrite.Host, parts.ReadWrite.Port, parts.ReadOnly.Host, parts.ReadOnly.Port, prometheus, alertmanager, "shop")
        {
            Grafana = grafana,
        };
        Monitoring = new ExternalMonitoring(LabNetwork.Url(edge, LabNetwork.SuitePort), prometheus, Http);
        Platform = new PlatformInspection(parts, this);
        var backups = new KubernetesBackups(parts, this);
        parts.Forwards.Add(backups);
        Backups = backups;
        Faults = new KubernetesFaults(
            parts.Client,
            parts.Spaces.Database,
            parts.Clusters,
            new PlatformFaults(parts.Client, parts.Spaces.Database, parts.Nodes, new PolicyTrial(parts).WhyNotEnforcedAsync));
    }

    // In the pod; the service has another.
    private const int GrafanaPort = 3000;

    /// <inheritdoc />
    public string Id => _parts.Id;

    /// <inheritdoc />
    public IReadOnlyList<Member> Members => _parts.Members.Members;

    /// <inheritdoc />
    public LabEndpoints Endpoints { get; }

    /// <inheritdoc />
    /// <remarks>CloudNativePG has no lease and no loop that the suite's checks of Patroni could be held against.</remarks>
    public bool HasClusterManager => false;

    /// <inheritdoc />
    public ILabMonitoring Monitoring { get; }

    /// <inheritdoc />
    public ILabSources Sources { get; } = Absent.Of<ILabSources>(KubernetesLimits.Monitoring);

    /// <inheritdoc />
    public ILabPlatform? Platform { get; }

    /// <inheritdoc />
    public ILabFaults Faults { get; }

    /// <inheritdoc />
    public ILabWorkloads Workloads { get; } = Absent.Of<ILabWorkloads>(KubernetesLimits.Workloads);

    /// <inheritdoc />
    public ILabBackups Backups { get; }

    /// <summary>The cluster as the operator sees it, kept by a watch.</summary>
    public ObjectWatch<DatabaseCluster> Clusters => _parts.Clusters;

    /// <summary>Whether the instances are those that this lab was opened with, and all of them ready.</summary>
    public bool HasAllMembers => _parts.Clusters.Find(_parts.Cluster) is { } cluster
        && cluster.Status.ReadyInstances == Members.Count
        && cluster.Status.InstanceNames.Order(StringComparer.Ordinal).SequenceEqual(Members.Select(m => m.Name).Order(StringComparer.Ordinal));

    /// <inheritdoc />
    public async Task<ClusterState> GetClusterStateAsync(CancellationToken ct) =>
        ServerViews.Combine(await Task.WhenAll(Members.Select(async m => (m, await TryAskAsync(m, ct)))));

    /// <inheritdoc />
    public string ConnectionString(Place place, DatabaseUser user)
    {
        var (host, port) = Address(place);
        return _parts.Logins.Npgsql(host, port, user);
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> LibpqEnvironment(Place place, DatabaseUser user)
    {
        var (host, port) = Address(place);
        return _parts.Logins.Libpq(host, port, user);
    }

    /// <inheritdoc />
    /// <remarks>Without a record: pgbench, the one program that is run, ends by itself after the seconds it was given. The benchmark's runs in pods of the cluster.</remarks>
    public Task<ProgramResult> RunRecordedAsync(
        string name,
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        Action<string>? onOutputLine,
        CancellationToken ct) =>
        _parts.Settings.Kubernetes.BenchPods > 0 && BenchShares.IsBench(program, arguments)
            ? new BenchInCluster(_parts).RunAsync(arguments, environment, workingDirectory, onOutputLine, ct)
            : ChildProcess.RunAsync(InstalledPrograms.Require(program), arguments, environment, workingDirectory, onOutputLine, ct);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, string>> GetVersionsAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(Members.Select(m => TryAskAsync(m, ct)));
        var server = await _parts.Client.Version.GetCodeAsync(ct);
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [".NET"] = Environment.Version.ToString(),
            ["kubernetes"] = server.GitVersion,
            ["pgbench"] = await InstalledPrograms.VersionAsync("pgbench", ct),
            ["postgres"] = string.Join(", ", answers.Select(a => a?.Version ?? "unknown").Distinct()),
            ["postgres image"] = _parts.Clusters.Find(_parts.Cluster)?.Status.Image ?? "unknown",
        };
    }

    /// <inheritdoc />
    public Task ConfigureAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken ct) =>
        ClusterSettings.PatchAsync(_parts.Client, _parts.Spaces.Database, _parts.Cluster, settings, ct);

    /// <inheritdoc />
    /// <remarks>Only how many standbys a commit waits for, as the primary has it: a whole cluster has at least so many.</remarks>
    public async Task<IReadOnlyDictionary<string, string>> GetDynamicSettingsAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(Members.Select(m => TryAskAsync(m, ct)));
        return ServerViews.SynchronousSettings(answers);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ScrapeTargetRecord>> GetScrapeTargetsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<ScrapeTargetRecord>>([]);

    /// <inheritdoc />
    public IReadOnlyList<string> ListenersBeyondLoopback() => [];

    /// <inheritdoc />
    /// <remarks>From the watch on the cluster: no request is made.</remarks>
    public Task<string?> GetLeaderNameAsync(CancellationToken ct) =>
        Task.FromResult(_parts.Clusters.Find(_parts.Cluster)?.Status is { CurrentPrimary: { } current } status && status.TargetPrimary == current ? current : null);

    /// <inheritdoc />
    public IAsyncDisposable RecordEvents(string file) => new EventRecord(_parts.Client, _parts.Spaces, file);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Uri? Forward(string host, string labels, int port)
    {
        var forward = new PodPortForward(IPAddress.Parse(host), _parts.Client, _parts.Spaces.Monitoring, labels, port);
        _parts.Forwards.Add(forward);
        return LabNetwork.Url(host, forward.Port);
    }

    private (string Host, int Port) Address(Place place) => place switch
    {
        { Member: { } member } => (member.Host, member.Port),
        { Name: var name } when name == Place.ReadOnly.Name => (_parts.ReadOnly.Host, _parts.ReadOnly.Port),
        _ => (_parts.ReadWrite.Host, _parts.ReadWrite.Port),
    };

    private async Task<ServerAnswer?> TryAskAsync(Member member, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AskTimeout);
        try
        {
            await using var connection = ProvenConnections.Create(ConnectionString(Place.On(member), DatabaseUser.Admin));
            await connection.OpenAsync(limit.Token);
            return await ServerAnswer.AskAsync(connection, limit.Token);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException or IOException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}

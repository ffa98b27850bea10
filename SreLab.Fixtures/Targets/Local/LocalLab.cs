using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local.Backups;
using SreLab.Fixtures.Targets.Local.Workloads;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>A lab of processes on this machine, found through its folder.</summary>
internal sealed class LocalLab : ILab, IDisposable
{
    private readonly LabSecrets _secrets;
    private readonly LabConnections _connections;

    public LocalLab(LabHome home, LabMarker marker)
    {
        Home = home;
        Id = marker.Id;
        Network = new LabNetwork(home.Network);
        _secrets = LabSecrets.Read(home);
        _connections = new LabConnections(home, Network, _secrets);
        Processes = new LabProcesses(home, Network, marker.Id);
        Supervisor = new SupervisorClient(home.SupervisorSocket);
        Patroni = new PatroniClient(Network, _secrets);
        Etcd = new EtcdClient(Network);
        Prometheus = new PrometheusClient(Network);
        LocalMonitoring = new LocalMonitoring(home, Network, Prometheus, Supervisor);
        LocalSources = new LocalSources(home, Network);
        LocalWorkloads = new LocalWorkloads(this);
        LocalBackups = new LocalBackups(this);
        var identity = ClusterIdentity.OfFiles([.. Members.Select(m => home.MemberData(m.Name))]);
        foreach (var place in (Place[])[Place.ReadWrite, Place.ReadOnly, .. Members.Select(Place.On)])
        {
            ProvenConnections.Know(ConnectionString(place, DatabaseUser.App), identity);
        }

        var start = new MemberStart(Processes, Supervisor, Etcd);
        LocalMachines = new LocalMachines(home, Network, marker.Id, Processes, Supervisor, start);
        Faults = new LocalFaults(Processes, start, Etcd, Patroni, new LabVolume(home, marker.Id), LocalMachines);
    }

    /// <inheritdoc />
    public string Id { get; }

    /// <inheritdoc />
    public IReadOnlyList<Member> Members => Network.Members;

    /// <inheritdoc />
    public LabEndpoints Endpoints => Network.Endpoints with { Grafana = Home.HasGrafana ? LabNetwork.Url(Network.Grafana.Host, Network.Grafana.Port) : null };

    /// <inheritdoc />
    public ILabFaults Faults { get; }

    internal LocalMachines LocalMachines { get; }

    /// <inheritdoc />
    public ILabMonitoring Monitoring => LocalMonitoring;

    internal LocalMonitoring LocalMonitoring { get; }

    /// <inheritdoc />
    public ILabWorkloads Workloads => LocalWorkloads;

    internal LocalWorkloads LocalWorkloads { get; }

    /// <inheritdoc />
    public ILabBackups Backups => LocalBackups;

    internal LocalBackups LocalBackups { get; }

    /// <inheritdoc />
    public ILabSources Sources => LocalSources;

    internal LocalSources LocalSources { get; }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> ServerLogs => Members.ToDictionary(m => m.Name, m => Home.Log(ProgramNames.Postmaster(m)), StringComparer.Ordinal);

    /// <inheritdoc />
    public Func<int, bool> OwnsProcess => Processes.Owns;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> ProgramLogs => ProgramNames.Deciding(Network).ToDictionary(p => p, Home.Log, StringComparer.Ordinal);

    /// <inheritdoc />
    public IReadOnlyCollection<string> SecretValues => _secrets.Values;

    internal LabHome Home { get; }

    internal LabNetwork Network { get; }

    internal LabProcesses Processes { get; }

    internal SupervisorClient Supervisor { get; }

    internal PatroniClient Patroni { get; }

    internal EtcdClient Etcd { get; }

    internal PrometheusClient Prometheus { get; }

    /// <summary>Password of a database user, for whoever creates that user.</summary>
    internal string Password(string user) => _secrets[user];

    /// <inheritdoc />
    public async Task<ClusterState> GetClusterStateAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(Members.Select(async m => (Member: m, Status: await Patroni.StatusAsync(m, ct))));
        return MemberViews.Combine(answers);
    }

    /// <inheritdoc />
    public string ConnectionString(Place place, DatabaseUser user) => _connections.Npgsql(place, user);

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> LibpqEnvironment(Place place, DatabaseUser user) => _connections.Libpq(place, user);

    /// <inheritdoc />
    public async Task<ProgramResult> RunRecordedAsync(
        string name,
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        Action<string>? onOutputLine,
        CancellationToken ct)
    {
        if (Processes.Find(name) is { } running)
        {
            throw new LabException($"{name} runs already (pid {running.Process.Pid}); wait until it has ended, or end it with: make down");
        }

        var given = new Dictionary<string, string>(environment) { [ProcessRecords.OwnerVariable] = ProcessIdentity.Current.ToString() };
        try
        {
            return await ChildProcess.RunAsync(
                Home.Recorder, [Processes.Records.PathOf(name), InstalledPrograms.Require(program), .. arguments], given, workingDirectory, onOutputLine, ct);
        }
        finally
        {
            if (Processes.Find(name) is null)
            {
                Processes.Records.Forget(name);
            }
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, string>> GetVersionsAsync(CancellationToken ct) => InstalledPrograms.VersionsAsync(ct);

    /// <inheritdoc />
    public Task ConfigureAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken ct) => Patroni.ConfigureAsync(settings, ct);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, string>> GetDynamicSettingsAsync(CancellationToken ct) => Patroni.SettingsAsync(ct);

    /// <inheritdoc />
    public Task<string?> GetLeaderNameAsync(CancellationToken ct) => Etcd.LeaderNameAsync(ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<ScrapeTargetRecord>> GetScrapeTargetsAsync(CancellationToken ct) => Prometheus.TargetsAsync(ct);

    /// <inheritdoc />
    public IReadOnlyList<string> ListenersBeyondLoopback()
    {
        var exposed = Listeners.ReadAll().Where(l => !l.IsLoopback).ToArray();
        return
        [
            .. from process in Processes.Alive()
               let sockets = Listeners.SocketsOf(process.Process.Pid)
               from listener in exposed
               where sockets.Contains(listener.Inode)
               select $"{process.Describe()} {listener}",
        ];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Supervisor.Dispose();
        Patroni.Dispose();
        Etcd.Dispose();
        Prometheus.Dispose();
        LocalSources.Dispose();
        LocalWorkloads.Dispose();
    }
}

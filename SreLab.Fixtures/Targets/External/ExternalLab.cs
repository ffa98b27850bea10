using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Targets.External;

/// <summary>Someone else's cluster: asked by SQL, written to in the suite's schemas only.</summary>
internal sealed class ExternalLab(string id, ExternalPlaces places, LabSettings settings, HttpClient http) : ILab
{
    // A dead member refuses at once; only a machine under full load, or one that is gone, needs this long.
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public string Id => id;

    /// <inheritdoc />
    public IReadOnlyList<Member> Members => places.Members;

    /// <inheritdoc />
    public LabEndpoints Endpoints { get; } = new(
        string.Join(',', places.ReadWrite.Hosts.Select(h => h.Host)),
        places.ReadWrite.Hosts[0].Port,
        string.Join(',', places.ReadOnly.Hosts.Select(h => h.Host)),
        places.ReadOnly.Hosts[0].Port,
        places.Prometheus,
        places.Alertmanager,
        places.ReadWrite.Database);

    /// <inheritdoc />
    public bool HasClusterManager => false;

    /// <inheritdoc />
    public ILabMonitoring Monitoring { get; } = new ExternalMonitoring(
        LabNetwork.Url(new LabNetwork(settings.Network).Edge, LabNetwork.SuitePort), places.Prometheus, http);

    /// <inheritdoc />
    public ILabSources Sources { get; } = Absent.Of<ILabSources>(ExternalLimits.Manager);

    /// <inheritdoc />
    public ILabFaults Faults { get; } = new ExternalFaults(settings.External.Faults, places.ReadWrite.Password, settings.External.Login);

    /// <inheritdoc />
    public ILabWorkloads Workloads { get; } = Absent.Of<ILabWorkloads>(ExternalLimits.Workloads);

    /// <inheritdoc />
    public ILabBackups Backups { get; } = Absent.Of<ILabBackups>(ExternalLimits.Backups);

    /// <inheritdoc />
    public async Task<ClusterState> GetClusterStateAsync(CancellationToken ct) =>
        ServerViews.Combine(await Task.WhenAll(Members.Select(async m => (m, await TryAskAsync(m, ct)))));

    /// <inheritdoc />
    public string ConnectionString(Place place, DatabaseUser user) => places.Of(place).ForNpgsql();

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> LibpqEnvironment(Place place, DatabaseUser user) => places.Of(place).ForLibpq();

    /// <inheritdoc />
    /// <remarks>Without a record: there is no folder of this lab, and pgbench ends by itself after the seconds it was given.</remarks>
    public Task<ProgramResult> RunRecordedAsync(
        string name,
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        Action<string>? onOutputLine,
        CancellationToken ct) =>
        ChildProcess.RunAsync(InstalledPrograms.Require(program), arguments, environment, workingDirectory, onOutputLine, ct);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, string>> GetVersionsAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(Members.Select(m => TryAskAsync(m, ct)));
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [".NET"] = Environment.Version.ToString(),
            ["pgbench"] = await InstalledPrograms.VersionAsync("pgbench", ct),
            ["postgres"] = string.Join(", ", answers.Select(a => a?.Version ?? "unknown").Distinct()),
        };
    }

    /// <inheritdoc />
    public Task ConfigureAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken ct) =>
        throw new LabException($"configuration refused on TARGET={ExternalTarget.TargetName}: {ExternalLimits.Manager}");

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
    /// <remarks>By SQL: the one member that answers and is not in recovery.</remarks>
    public async Task<string?> GetLeaderNameAsync(CancellationToken ct) => (await GetClusterStateAsync(ct)).Primary?.Member.Name;

    private async Task<ServerAnswer?> TryAskAsync(Member member, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AskTimeout);
        try
        {
            await using var connection = ProvenConnections.Create(places.On(member).ForNpgsql());
            await connection.OpenAsync(limit.Token);
            return await ServerAnswer.AskAsync(connection, limit.Token);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}

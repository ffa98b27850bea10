using Npgsql;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Host;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;
using Xunit;

namespace SreLab.Fixtures.Lab;

/// <summary>The one fixture of the assembly: settings, objectives, the run's evidence, and the lab, brought up when first needed.</summary>
/// <remarks>The lab outlives this process: teardown undoes only what the process itself holds. Ending the lab is a stage.</remarks>
public sealed class LabFixture : IAsyncLifetime, IDisposable
{
    private readonly RunProgress _progress = new();
    private readonly TeardownStack _teardown = new();
    private readonly HashSet<string> _setAside = new(StringComparer.Ordinal);
    private RunStore? _run;
    private ILab? _lab;
    private SuiteEndpoint? _endpoint;
    private ClientLog? _clientLog;
    private HostWatch? _hostWatch;

    /// <summary>Reads settings and objectives; refuses wrong ones before anything is touched.</summary>
    /// <exception cref="LabException">A setting or objective is wrong, or the target does not exist.</exception>
    public LabFixture()
    {
        Settings = SettingsLoader.Load();
        (Target, var why) = TargetChoice.Make(Settings);
        Settings = Settings with { Target = Target.Name };
        Objectives = Objectives.Load(Path.Combine(Settings.RepositoryRoot, "slos.json"), Target.Name);
        ClientMetrics = new ClientMetrics(Objectives);
        _progress.Say($"target {Target.Name}: {why}");
    }

    /// <summary>The effective settings, with the target resolved.</summary>
    public LabSettings Settings { get; }

    /// <summary>The objectives of <c>slos.json</c>, as they count on the target.</summary>
    public Objectives Objectives { get; }

    /// <summary>What the clients of this process saw so far, over all of its stages.</summary>
    public ClientMetrics ClientMetrics { get; }

    /// <summary>What this process has broken on purpose, and not healed yet.</summary>
    public FaultWindows FaultWindows { get; } = new();

    /// <summary>What the clients saw, over time, since the lab came up.</summary>
    /// <exception cref="InvalidOperationException">No stage has brought a lab up or attached to one yet.</exception>
    internal ClientCounts ClientCounts => _clientLog?.Counts ?? throw new InvalidOperationException("no lab yet: call EnsureUpAsync first.");

    /// <summary>Where the lab is.</summary>
    public ITarget Target { get; }

    /// <summary>Live progress.</summary>
    public IProgressLog Progress => _progress;

    /// <summary>Every notification that was delivered since this process attached to the lab.</summary>
    public AlertReceiver Receiver { get; } = new();

    /// <summary>Which stages failed in this process.</summary>
    public StageLedger Ledger { get; } = new();

    /// <summary>The run's evidence folder: the one of the lab that is up, else the latest.</summary>
    public RunStore Run => _run ??= UseRun(RunFolders.Latest(Settings) ?? RunFolders.Create(Settings));

    /// <summary>Starts a new evidence folder.</summary>
    public void StartNewRun() => UseRun(RunFolders.Create(Settings));

    /// <summary>The lab that is up, without bringing one up.</summary>
    /// <exception cref="InvalidOperationException">No stage has brought it up or attached to it yet.</exception>
    public ILab Lab => _lab ?? throw new InvalidOperationException("no lab yet: call EnsureUpAsync first.");

    /// <summary>Turns to the run of the lab that is up, if one is; without one, <see cref="Run"/> is the latest.</summary>
    public async Task FindRunAsync(CancellationToken ct)
    {
        if (_run is null && await Target.AttachAsync(ct) is { } lab && RunFolders.OfLab(Settings, lab.Id) is { } run)
        {
            UseRun(run);
        }
    }

    /// <summary>Moves what an earlier process recorded for a stage aside, once per process.</summary>
    public void SetAside(string stage)
    {
        if (_setAside.Add(stage))
        {
            Run.SetAside(stage);
        }
    }

    /// <summary>The lab is up afterwards: attached to, mended or brought up when this process has not done so yet. The stage decides how often it is looked at.</summary>
    public async Task EnsureUpAsync(string stage, CancellationToken ct)
    {
        await (_lab is null ? UpAsync(ct) : Task.CompletedTask);
        await Lab.Monitoring.WatchAsync(Stages.WatchedClosely.Contains(stage), ct);
    }

    /// <summary>Attaches to the lab, mends it or brings it up, and carries its run on.</summary>
    public async Task<UpResult> UpAsync(CancellationToken ct)
    {
        // Before anything is mended: what looks broken may be what another run does to this lab on purpose.
        var there = await Target.AttachAsync(ct);
        if (there is not null)
        {
            await StartListeningAsync(there);
        }

        var calibration = there is null ? await CalibrateAsync(ct) : null;
        var result = await Target.UpAsync(Progress, ct);
        _lab = result.Lab;
        if (_run is null || RunFolders.BelongsToAnotherLab(_run, result.Lab.Id))
        {
            UseRun(RunFolders.OfLab(Settings, result.Lab.Id) ?? RunFolders.Create(Settings));
        }

        await ListenAsync(result.Lab, ct);
        PlatformEvents.Record(result.Lab, Run.PathOf(EvidenceFiles.PlatformEvents), _teardown);
        RunFolders.BindToLab(Run, result.Lab.Id, Target.Lacks);
        Run.Write(EvidenceFiles.Environment, await EnvironmentReader.ReadAsync(result.Lab, ct));
        if (calibration is not null)
        {
            Run.Write(EvidenceFiles.Calibration, calibration);
        }

        return result;
    }

    /// <summary>Ends the lab.</summary>
    public async Task<DownResult> DownAsync(CancellationToken ct)
    {
        NpgsqlConnection.ClearAllPools();
        _lab = null;
        await EndListeningAsync();
        return await Target.DownAsync(Progress, ct);
    }

    /// <summary>Plants the defect that the settings name, when this is its point; nothing in every normal run.</summary>
    /// <param name="point">Where in a scenario we are.</param>
    /// <param name="ct">Cancels the planting.</param>
    /// <returns>Takes the defect back when disposed.</returns>
    public Task<IAsyncDisposable> PlantAsync(PlantPoint point, CancellationToken ct) => Planting.AtAsync(point, Settings, Lab, Progress, ct);

    /// <summary>Undone when the process ends, last in first out.</summary>
    /// <param name="name">What, for the error.</param>
    /// <param name="undo">How.</param>
    public void OnTeardown(string name, Func<ValueTask> undo) => _teardown.Push(name, undo);

    /// <inheritdoc />
    public ValueTask InitializeAsync()
    {
        _teardown.Push("progress log", () => { _progress.Dispose(); return ValueTask.CompletedTask; });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_lab is { } lab)
        {
            _teardown.Push("scraping of this process", () => new ValueTask(lab.Monitoring.WithdrawSuiteAsync(CancellationToken.None)));
            _teardown.Push("close watching", () => new ValueTask(lab.Monitoring.WatchAsync(closely: false, CancellationToken.None)));
        }

        _teardown.Push("receiver of alerts", EndListeningAsync);
        await _teardown.UnwindAsync();
    }

    /// <inheritdoc />
    public void Dispose() => _progress.Dispose();

    /// <summary>From here on alerts are delivered to this process, and its metrics are scraped.</summary>
    private async Task ListenAsync(ILab lab, CancellationToken ct)
    {
        await StartListeningAsync(lab);
        Receiver.AppendTo(Run.PathOf(EvidenceFiles.Notifications));
        _clientLog ??= new ClientLog(ClientMetrics, Run.PathOf(EvidenceFiles.Clients));
        _hostWatch ??= new HostWatch(Run.PathOf(EvidenceFiles.Host), lab.OwnsProcess);
        await lab.Monitoring.AnnounceSuiteAsync(ct);
    }

    // Before there is a lab: what it takes would be measured with the machine.
    private async Task<CalibrationRecord> CalibrateAsync(CancellationToken ct)
    {
        var record = await HostCalibration.MeasureAsync(Settings.RepositoryRoot, ct);
        Progress.Say($"machine: {record.Describe()}");
        return record;
    }

    private async Task StartListeningAsync(ILab lab) =>
        _endpoint ??= await SuiteEndpoint.StartAsync(lab.Monitoring.Suite, Receiver, () => ClientMetrics.Render() + FaultWindows.Render());

    private async ValueTask EndListeningAsync()
    {
        if (_hostWatch is { } watch)
        {
            _hostWatch = null;
            await watch.DisposeAsync();
        }

        if (_clientLog is { } log)
        {
            _clientLog = null;
            await log.DisposeAsync();
        }

        if (_endpoint is { } endpoint)
        {
            _endpoint = null;
            await endpoint.DisposeAsync();
        }
    }

    private RunStore UseRun(RunStore run)
    {
        _run = run;
        _progress.CopyTo(run.PathOf(EvidenceFiles.Progress));
        Progress.Say($"evidence in {Path.GetRelativePath(Settings.RepositoryRoot, run.Folder)}");
        return run;
    }
}

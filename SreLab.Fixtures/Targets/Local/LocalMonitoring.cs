using System.Text.Json;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Prometheus, Alertmanager and exporters of the embedded lab.</summary>
internal sealed class LocalMonitoring(LabHome home, LabNetwork network, PrometheusClient prometheus, SupervisorClient supervisor) : ILabMonitoring
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    public ChainTerms Terms => File.ReadAllText(home.PrometheusFile) == Configuration(MonitoringConfiguration.Close) ? MonitoringConfiguration.Close : MonitoringConfiguration.Usual;

    /// <inheritdoc />
    public Uri Suite => LabNetwork.Url(network.Edge, LabNetwork.SuitePort);

    /// <inheritdoc />
    public Task<IReadOnlyList<MetricSeries>> QueryAsync(string query, DateTimeOffset? at, CancellationToken ct) => prometheus.QueryAsync(query, at, ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<MetricSeries>> QueryRangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken ct) =>
        prometheus.QueryRangeAsync(query, from, to, step, ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<LoadedRule>> GetRulesAsync(CancellationToken ct) => prometheus.RulesAsync(ct);

    /// <inheritdoc />
    public Task<string> ReadAsync(MonitoringFile file, CancellationToken ct) => File.ReadAllTextAsync(PathOf(file), ct);

    /// <inheritdoc />
    public async Task ReplaceAsync(MonitoringFile file, string content, CancellationToken ct)
    {
        var old = await ReadAsync(file, ct);
        Write(PathOf(file), content);
        try
        {
            await TakeAsync(file, ct);
        }
        catch (LabException)
        {
            Write(PathOf(file), old);
            await TakeAsync(file, ct);
            throw;
        }
    }

    /// <inheritdoc />
    /// <remarks>The file is the only state, so a lab whose run was killed is slowed down by whoever attaches to it next.</remarks>
    public async Task WatchAsync(bool closely, CancellationToken ct)
    {
        var wanted = Configuration(closely ? MonitoringConfiguration.Close : MonitoringConfiguration.Usual);
        if (await File.ReadAllTextAsync(home.PrometheusFile, ct) == wanted)
        {
            return;
        }

        Write(home.PrometheusFile, wanted);
        if (closely)
        {
            await ReloadPrometheusAsync(ct);
        }
        else
        {
            await prometheus.ReloadAsync(LabNetwork.Url(network.Edge, LabNetwork.PrometheusPort), ct);
        }
    }

    /// <summary>Replaces every file that differs from what the repository has now; a lab may be older than the clone that attaches to it.</summary>
    public async Task InstallAsync(ObservabilityFiles files, CancellationToken ct)
    {
        foreach (var (file, content) in MonitoringConfiguration.Files(files, network))
        {
            if (await ReadAsync(file, ct) != content)
            {
                await ReplaceAsync(file, content, ct);
            }
        }
    }

    /// <inheritdoc />
    public Task AnnounceSuiteAsync(CancellationToken ct) => WriteSuiteTargetsAsync([new
    {
        targets = new[] { Suite.Authority },
        labels = new Dictionary<string, string> { ["cluster"] = Names.Scope, ["member"] = MonitoringConfiguration.EdgeMember },
    }]);

    /// <inheritdoc />
    public Task WithdrawSuiteAsync(CancellationToken ct) => WriteSuiteTargetsAsync([]);

    /// <inheritdoc />
    public async Task RecordBackupAsync(DateTimeOffset? finishedUtc, CancellationToken ct)
    {
        // What else the last backup left there stays.
        const string Name = "srelab_backup_last_success_timestamp_seconds";
        var others = File.Exists(home.BackupMetrics) ? (await File.ReadAllLinesAsync(home.BackupMetrics, ct)).Where(l => !l.Contains(Name, StringComparison.Ordinal)) : [];
        string[] own = finishedUtc is { } finished
            ?
            [
                $"# HELP {Name} When the last good backup was finished.",
                $"# TYPE {Name} gauge",
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} {finished.ToUnixTimeMilliseconds() / 1000.0:0.000}"),
            ]
            : [];
        string[] lines = [.. own, .. others];
        if (lines.Length > 0)
        {
            Replace(home.BackupMetrics, string.Join('\n', lines) + "\n");
        }
        else
        {
            File.Delete(home.BackupMetrics);
        }
    }

    private string Configuration(ChainTerms terms) => MonitoringConfiguration.Prometheus(home, network, terms);

    private Task WriteSuiteTargetsAsync(object[] targets)
    {
        Replace(home.SuiteTargets, JsonSerializer.Serialize(targets));
        return Task.CompletedTask;
    }

    private Task TakeAsync(MonitoringFile file, CancellationToken ct) => file switch
    {
        MonitoringFile.Rules => ReloadPrometheusAsync(ct),
        MonitoringFile.Routes => prometheus.ReloadAsync(LabNetwork.Url(network.Edge, LabNetwork.AlertmanagerPort), ct),
        _ => RestartExportersAsync(ct),
    };

    /// <summary>After a reload Prometheus looks for its Alertmanager anew, and until it has found it drops every alert; a dropped one is sent again a minute later.</summary>
    private async Task ReloadPrometheusAsync(CancellationToken ct)
    {
        await prometheus.ReloadAsync(LabNetwork.Url(network.Edge, LabNetwork.PrometheusPort), ct);
        await Wait.UntilAsync(
            Bounds.AlertmanagerFound,
            "Prometheus to have found its Alertmanager again",
            async token => (await prometheus.HasAlertmanagerAsync(token) ? "found" : null, "not found"),
            PollInterval,
            ct);
    }

    private async Task RestartExportersAsync(CancellationToken ct)
    {
        foreach (var exporter in network.Members.Select(ProgramNames.Exporter))
        {
            await supervisor.StopAllAsync([exporter], ct);
            await supervisor.StartAsync(exporter, ct);
        }

        await Wait.UntilAsync(
            Bounds.ScrapeTargetsUp,
            "the PostgreSQL exporters to answer again",
            async token =>
            {
                var down = (await prometheus.TargetsAsync(token)).Where(t => t.Job == "postgres" && t.Health != "up").Select(t => t.Instance).ToArray();
                return (down.Length == 0 ? "up" : null, string.Join(", ", down));
            },
            PollInterval,
            ct);
    }

    private string PathOf(MonitoringFile file) => file switch
    {
        MonitoringFile.Rules => home.Rules,
        MonitoringFile.Routes => home.Routes,
        _ => home.Queries,
    };

    private static void Write(string path, string content) => RunAsUser.Resolve()!.WriteFile(path, content);

    /// <summary>Whole or not at all: the reader watches the file.</summary>
    private static void Replace(string path, string content)
    {
        Write(path + ".tmp", content);
        File.Move(path + ".tmp", path, overwrite: true);
    }
}

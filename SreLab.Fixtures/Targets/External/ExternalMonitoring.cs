using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Targets.External;

/// <summary>A Prometheus that watches someone else's database: asked where there is one, never changed.</summary>
/// <param name="suite">Where the suite listens while it runs.</param>
/// <param name="prometheus">Null for none.</param>
/// <param name="http">How it is asked.</param>
internal sealed class ExternalMonitoring(Uri suite, Uri? prometheus, HttpClient http) : ILabMonitoring
{
    /// <inheritdoc />
    public ChainTerms Terms => throw Refusal();

    /// <inheritdoc />
    public Uri Suite => suite;

    /// <inheritdoc />
    public async Task<IReadOnlyList<MetricSeries>> QueryAsync(string query, DateTimeOffset? at, CancellationToken ct) => PrometheusAnswer.Series(
        await AskAsync($"api/v1/query?query={Uri.EscapeDataString(query)}{(at is { } moment ? $"&time={PrometheusAnswer.Time(moment)}" : "")}", ct), query);

    /// <inheritdoc />
    public async Task<IReadOnlyList<MetricSeries>> QueryRangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken ct) =>
        PrometheusAnswer.Series(
            await AskAsync(
                FormattableString.Invariant(
                    $"api/v1/query_range?query={Uri.EscapeDataString(query)}&start={PrometheusAnswer.Time(from)}&end={PrometheusAnswer.Time(to)}&step={step.TotalSeconds:R}"),
                ct),
            query);

    /// <inheritdoc />
    public async Task<IReadOnlyList<LoadedRule>> GetRulesAsync(CancellationToken ct) => PrometheusAnswer.Rules(await AskAsync("api/v1/rules", ct));

    /// <inheritdoc />
    public Task<string> ReadAsync(MonitoringFile file, CancellationToken ct) => throw Refusal();

    /// <inheritdoc />
    public Task ReplaceAsync(MonitoringFile file, string content, CancellationToken ct) => throw Refusal();

    /// <inheritdoc />
    public Task AnnounceSuiteAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    public Task WithdrawSuiteAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    public Task RecordBackupAsync(DateTimeOffset? finishedUtc, CancellationToken ct) => throw Refusal();

    private async Task<string> AskAsync(string path, CancellationToken ct)
    {
        if (prometheus is null)
        {
            throw new LabException($"no Prometheus was named; name one in {SettingNames.Prometheus}");
        }

        try
        {
            return await http.GetStringAsync(new Uri(prometheus, path), ct);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new LabException($"Prometheus on {prometheus.Authority} did not answer: {e.Message}", e);
        }
    }

    private static LabException Refusal() => new($"monitoring refused on TARGET={ExternalTarget.TargetName}: {ExternalLimits.Monitoring}");
}

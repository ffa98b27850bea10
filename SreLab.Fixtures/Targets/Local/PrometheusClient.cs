using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Asks the lab's Prometheus, and tells it and Alertmanager to read their files again.</summary>
internal sealed class PrometheusClient(LabNetwork network) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly HttpClient _reload = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Every scrape target that the lab has, with its health; unknown when Prometheus does not tell.</summary>
    /// <remarks>
    /// One that Prometheus has not asked since it read its configuration is asked here: the first scrape comes within an interval,
    /// and for those seconds an unchanged lab would look broken.
    /// </remarks>
    public async Task<IReadOnlyList<ScrapeTargetRecord>> TargetsAsync(CancellationToken ct)
    {
        var health = new Dictionary<(string Job, string Instance), string>();
        try
        {
            var url = LabNetwork.Url(network.Edge, LabNetwork.PrometheusPort, "api/v1/targets?state=active");
            var answer = await _http.GetFromJsonAsync<JsonObject>(url, ct);
            foreach (var target in answer?["data"]?["activeTargets"] as JsonArray ?? [])
            {
                var labels = target!["labels"]!;
                health[(labels["job"]!.ToString(), labels["instance"]!.ToString())] = target["health"]!.ToString();
            }
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // Nothing was told: every target stays unknown.
        }

        foreach (var fresh in health.Where(h => h.Value == "unknown").Select(h => h.Key).ToArray())
        {
            health[fresh] = await AnswersAsync(fresh.Instance, ct) ? "up" : "unknown";
        }

        return [.. MonitoringConfiguration.Targets(network).Select(t => new ScrapeTargetRecord(t.Job, t.Instance, health.GetValueOrDefault(t, "unknown")))];
    }

    private async Task<bool> AnswersAsync(string instance, CancellationToken ct)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri($"http://{instance}/metrics"), ct);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>An instant query.</summary>
    /// <exception cref="LabException">Refused, or no answer.</exception>
    public Task<IReadOnlyList<MetricSeries>> QueryAsync(string query, DateTimeOffset? at, CancellationToken ct)
    {
        var form = new Dictionary<string, string> { ["query"] = query };
        if (at is { } moment)
        {
            form["time"] = PrometheusAnswer.Time(moment);
        }

        return AskAsync("api/v1/query", form, ct);
    }

    /// <summary>A range query.</summary>
    /// <exception cref="LabException">Refused, or no answer.</exception>
    public Task<IReadOnlyList<MetricSeries>> QueryRangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken ct) =>
        AskAsync(
            "api/v1/query_range",
            new Dictionary<string, string>
            {
                ["query"] = query,
                ["start"] = PrometheusAnswer.Time(from),
                ["end"] = PrometheusAnswer.Time(to),
                ["step"] = step.TotalSeconds.ToString("R", CultureInfo.InvariantCulture),
            },
            ct);

    /// <summary>Every rule that is loaded.</summary>
    /// <exception cref="LabException">No answer.</exception>
    public async Task<IReadOnlyList<LoadedRule>> RulesAsync(CancellationToken ct)
    {
        try
        {
            return PrometheusAnswer.Rules(await _http.GetStringAsync(LabNetwork.Url(network.Edge, LabNetwork.PrometheusPort, "api/v1/rules"), ct));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw Silent("its rules", e);
        }
    }

    /// <summary>Whether it knows an Alertmanager to send to.</summary>
    /// <exception cref="LabException">No answer.</exception>
    public async Task<bool> HasAlertmanagerAsync(CancellationToken ct)
    {
        try
        {
            var answer = await _http.GetFromJsonAsync<JsonObject>(LabNetwork.Url(network.Edge, LabNetwork.PrometheusPort, "api/v1/alertmanagers"), ct);
            return answer?["data"]?["activeAlertmanagers"] is JsonArray { Count: > 0 };
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw Silent("its Alertmanagers", e);
        }
    }

    /// <summary>Makes a program read its files again.</summary>
    /// <param name="address">Base address of Prometheus or Alertmanager.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="LabException">It refused them and runs with the old ones.</exception>
    public async Task ReloadAsync(Uri address, CancellationToken ct)
    {
        using var response = await _reload.PostAsync(new Uri(address, "-/reload"), null, ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new LabException($"{address.Authority} refused its new configuration: {(await response.Content.ReadAsStringAsync(ct)).Trim()}");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _http.Dispose();
        _reload.Dispose();
    }

    private async Task<IReadOnlyList<MetricSeries>> AskAsync(string path, Dictionary<string, string> form, CancellationToken ct)
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var response = await _http.PostAsync(LabNetwork.Url(network.Edge, LabNetwork.PrometheusPort, path), content, ct);
            return PrometheusAnswer.Series(await response.Content.ReadAsStringAsync(ct), form["query"]);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw Silent(form["query"], e);
        }
    }

    private LabException Silent(string question, Exception cause) => new(
        $"Prometheus on {network.Edge} did not answer: {cause.Message}\n  asked        {question}\n  fix          make up (repairs the lab)", cause);
}

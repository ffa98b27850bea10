using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Asks Prometheus what it scrapes.</summary>
internal sealed class PrometheusClient(LabNetwork network) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Every scrape target that the lab has, with its health; unknown when Prometheus does not tell.</summary>
    public async Task<IReadOnlyList<ScrapeTargetRecord>> TargetsAsync(CancellationToken ct)
    {
        var health = new Dictionary<(string, string), string>();
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

        return [.. MonitoringConfiguration.Targets(network).Select(t => new ScrapeTargetRecord(t.Job, t.Instance, health.GetValueOrDefault(t, "unknown")))];
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using k8s;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Which dashboards Grafana lists.</summary>
/// <param name="parts">Where the lab is.</param>
/// <param name="lab">Where Grafana answers.</param>
internal sealed class DashboardsLook(LabParts parts, ILab lab)
{
    private const string Secret = "grafana-admin";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Asks it, as its administrator.</summary>
    public async Task<PlatformRecord> RunAsync(PlatformRecord record, CancellationToken ct)
    {
        var pods = await parts.Client.CoreV1.ListNamespacedPodAsync(parts.Spaces.Monitoring, labelSelector: "app.kubernetes.io/name=grafana", cancellationToken: ct);
        if (pods.Items.Count == 0 || lab.Endpoints.Grafana is not { } grafana)
        {
            return record.Without(PlatformParts.Dashboards, $"no Grafana in {parts.Spaces.Monitoring}: the lab's own is installed where monitoring_namespace is not set in Terraform's variables");
        }

        var login = (await parts.Client.CoreV1.ReadNamespacedSecretAsync(Secret, parts.Spaces.Monitoring, cancellationToken: ct)).Data;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(grafana, "api/search?type=dash-db&limit=500"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String([.. login["admin-user"], .. Encoding.UTF8.GetBytes(":"), .. login["admin-password"]]));
        using var response = await Http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return record with
        {
            Dashboards = new DashboardsRecord(
                await Task.WhenAll(Directory.EnumerateFiles(Path.Combine(parts.Settings.RepositoryRoot, "observability", "dashboards"), "*.json").Order(StringComparer.Ordinal).Select(f => TitleAsync(f, ct))),
                TitlesOf(await response.Content.ReadAsStringAsync(ct))),
        };
    }

    /// <summary>Titles of an answer of Grafana's search.</summary>
    internal static IReadOnlyList<string> TitlesOf(string json)
    {
        using var found = JsonDocument.Parse(json);
        return [.. found.RootElement.EnumerateArray().Select(d => d.GetProperty("title").GetString() ?? "")];
    }

    private static async Task<string> TitleAsync(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        using var dashboard = await JsonDocument.ParseAsync(stream, cancellationToken: ct);
        return dashboard.RootElement.GetProperty("title").GetString() ?? "";
    }
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace SreLab.Workloads.Tests.Running;

/// <summary>Reads what services answer.</summary>
internal static class Answers
{
    public static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> GetAsync(this RunningService service, string path) => service.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>(Ct);

    /// <summary>The value of one line of the metrics; null when the line is not there.</summary>
    public static async Task<double?> MetricAsync(this RunningService service, string series, string path = "/metrics")
    {
        var text = await service.Client.GetStringAsync(new Uri(path, UriKind.Relative), Ct);
        var line = text.Split('\n').SingleOrDefault(l => l.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? null : double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }
}

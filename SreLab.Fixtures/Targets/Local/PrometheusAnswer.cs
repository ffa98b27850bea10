using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Reads what Prometheus' HTTP interface answers.</summary>
internal static class PrometheusAnswer
{
    /// <summary>A moment as the interface takes it.</summary>
    public static string Time(DateTimeOffset moment) => (moment.ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>The series of an instant or range query.</summary>
    /// <exception cref="LabException">Prometheus refused the query, or this is no answer of its.</exception>
    public static IReadOnlyList<MetricSeries> Series(string body, string query)
    {
        var answer = Parse(body, query);
        if (answer["status"]?.ToString() != "success")
        {
            throw new LabException($"Prometheus refused a query: {answer["error"]}\n  asked        {query}");
        }

        var data = answer["data"]!;
        var result = data["result"]!;
        return data["resultType"]!.ToString() is "scalar"
            ? [new MetricSeries(new Dictionary<string, string>(), [Point(result.AsArray())])]
            : [.. result.AsArray().Select(s => new MetricSeries(
                s!["metric"]!.AsObject().ToDictionary(l => l.Key, l => l.Value!.ToString()),
                s["values"] is JsonArray values ? [.. values.Select(v => Point(v!.AsArray()))] : [Point(s["value"]!.AsArray())]))];
    }

    /// <summary>The loaded rules.</summary>
    /// <exception cref="LabException">This is no answer of Prometheus'.</exception>
    public static IReadOnlyList<LoadedRule> Rules(string body) =>
    [
        .. (Parse(body, "rules")["data"]?["groups"] as JsonArray ?? []).SelectMany(g => g!["rules"]!.AsArray()).Select(r => new LoadedRule(
            r!["name"]!.ToString(), r["type"]!.ToString() == "alerting", r["health"]!.ToString(), r["lastError"]?.ToString() ?? "")),
    ];

    private static JsonNode Parse(string body, string query)
    {
        try
        {
            return JsonNode.Parse(body) ?? throw new JsonException("empty");
        }
        catch (JsonException e)
        {
            throw new LabException($"Prometheus answered what is no JSON: {e.Message}\n  asked        {query}", e);
        }
    }

    private static MetricPoint Point(JsonArray pair) => new(
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(pair[0]!.GetValue<double>() * 1000)),
        pair[1]!.ToString() switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var text => double.Parse(text, CultureInfo.InvariantCulture),
        });
}

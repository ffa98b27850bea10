using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Metrics;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>Endpoints that every service has.</summary>
public static class CommonEndpoints
{
    /// <summary>Liveness, readiness and metrics.</summary>
    /// <param name="endpoints">Where to add them.</param>
    public static void MapProbesAndMetrics(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(WellKnownPaths.Liveness, () => new Alive("alive")).WithSummary("The process serves.");
        endpoints.MapGet(WellKnownPaths.Readiness, Ready).WithSummary("Requests are welcome, or why they are not.")
            .Produces<ReadinessAnswer>().Produces<ReadinessAnswer>(StatusCodes.Status503ServiceUnavailable);
        endpoints.MapGet(WellKnownPaths.Metrics, (MetricRegistry registry) => Results.Text(PrometheusText.Write(registry.All), PrometheusText.ContentType))
            .WithSummary("Metrics as Prometheus text.").Produces<string>(contentType: "text/plain");
    }

    /// <summary>What this service is.</summary>
    /// <param name="endpoints">Where to add it.</param>
    public static void MapIdentity(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/", (ServiceSettings settings, ServiceLifecycle lifecycle) => new Identity(
            settings.Service, settings.Version, settings.Instance, lifecycle.Started.UtcDateTime, Math.Round(lifecycle.Uptime.TotalSeconds, 3), settings.Defects))
            .WithSummary("What this service is.");

    private static IResult Ready(Readiness readiness) => readiness.NotReadyBecause is { } reason
        ? Results.Json(new ReadinessAnswer("not-ready", reason), statusCode: StatusCodes.Status503ServiceUnavailable)
        : Results.Json(new ReadinessAnswer("ready", null));

    private sealed record Alive(string Status);

    private sealed record ReadinessAnswer(
        string Status,
        [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Reason);

    private sealed record Identity(string Name, string Version, string Instance, DateTime StartedUtc, double UptimeSeconds, IReadOnlyList<string> Defects);
}

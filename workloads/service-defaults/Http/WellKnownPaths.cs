using Microsoft.AspNetCore.Http;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>Paths that orchestrators, scrapers and people know.</summary>
public static class WellKnownPaths
{
    /// <summary>The process serves.</summary>
    public const string Liveness = "/healthz";

    /// <summary>Requests are welcome.</summary>
    public const string Readiness = "/readiness";

    /// <summary>Prometheus text.</summary>
    public const string Metrics = "/metrics";

    /// <summary>Description of the service.</summary>
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>What comes before a sidecar's own paths; everything else is forwarded.</summary>
    public const string Sidecar = "/_proxy";

    /// <summary>Whether an orchestrator asks for health.</summary>
    /// <param name="path">Path of a request.</param>
    public static bool IsProbe(PathString path) => path.Value is Liveness or Readiness or Sidecar + Liveness or Sidecar + Readiness;

    /// <summary>Whether an orchestrator asks for health or a scraper for metrics.</summary>
    /// <param name="path">Path of a request.</param>
    public static bool IsProbeOrScrape(PathString path) => IsProbe(path) || path.Value is Metrics or Sidecar + Metrics;
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SreLab.Workloads.ServiceDefaults.Logs;
using SreLab.Workloads.ServiceDefaults.Metrics;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>A log line and an observation for each finished request.</summary>
internal sealed class RequestRecorder(RequestDelegate next, MetricRegistry registry, TimeProvider time, ILogger<RequestRecorder> logger)
{
    private const string Unmatched = "unmatched";
    private const int ClientGone = 499;

    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly HistogramMetric _durations = registry.Histogram(
        "http_server_request_duration_seconds", "How long answering a request took.", Bounds, "method", "route", "status");

    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        var isAborted = true;
        try
        {
            await next(context);
            isAborted = context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted;
        }
        finally
        {
            Record(context, isAborted ? ClientGone : context.Response.StatusCode, time.GetElapsedTime(began));
        }
    }

    private static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Unmatched;

    // A client may invent methods; a metric must not grow with them.
    private static string MethodOf(HttpContext context) =>
        context.Request.Method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? context.Request.Method : "other";

    private void Record(HttpContext context, int status, TimeSpan took)
    {
        var route = RouteOf(context);
        _durations.Observe(took.TotalSeconds, MethodOf(context), route, status.ToString(CultureInfo.InvariantCulture));
        if (status < StatusCodes.Status400BadRequest && WellKnownPaths.IsProbeOrScrape(context.Request.Path))
        {
            return;
        }

        var level = status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : LogLevel.Information;
        logger.Write(
            level,
            "request finished",
            (CorrelationId.Field, CorrelationId.Of(context)),
            ("method", context.Request.Method),
            ("route", route),
            ("path", context.Request.Path.Value),
            ("status", status),
            ("duration_ms", took.TotalMilliseconds));
    }
}

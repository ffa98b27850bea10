using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SreLab.Workloads.EdgeProxy.Defects;
using SreLab.Workloads.EdgeProxy.Forwarding;
using SreLab.Workloads.ServiceDefaults.Defects;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Http;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.EdgeProxy;

/// <summary>Stands before a service: correlation id, access log, time-out, request metrics.</summary>
internal static class ProxyService
{
    /// <summary>Its name.</summary>
    public const string Name = "edge-proxy";

    /// <summary>Puts it together.</summary>
    /// <param name="environment">Where its settings come from.</param>
    /// <param name="alter">Has the last word on its parts; null for none.</param>
    /// <exception cref="SettingsRefusedException">One is wrong.</exception>
    public static WebApplication Build(EnvironmentReader environment, Action<IServiceCollection>? alter = null)
    {
        var settings = ProxySettings.Read(environment, Name);
        Defect[] defects = settings.Service.Defects.Count > 0 ? [new Random504(settings.Random504)] : [];
        return ServiceHost.Build(settings.Service, defects, settings.Timeout + PreferredWait.Longest, s => Add(s, settings), Map, alter);
    }

    private static void Add(IServiceCollection services, ProxySettings settings)
    {
        services.AddHttpForwarder();
        services.AddSingleton(settings);
        services.AddSingleton<Upstream>();
        services.AddSingleton<ProxyMetrics>();
    }

    private static void Map(WebApplication app)
    {
        app.Services.GetRequiredService<ProxyMetrics>();
        var own = app.MapGroup(WellKnownPaths.Sidecar);
        own.MapProbesAndMetrics();
        own.MapOpenApi(WellKnownPaths.OpenApi);
        own.Map("{**path}", () => Problem.Result(StatusCodes.Status404NotFound, null)).ExcludeFromDescription();

        // Routes of their own, so that probes and scrapes can be told from requests in the metrics.
        app.Map(WellKnownPaths.Readiness, ForwardReadinessAsync).ExcludeFromDescription();
        foreach (var route in new[] { WellKnownPaths.Liveness, WellKnownPaths.Metrics, "/{**path}" })
        {
            app.Map(route, (HttpContext context, Upstream upstream) => upstream.ForwardAsync(context)).ExcludeFromDescription();
        }
    }

    private static Task ForwardReadinessAsync(HttpContext context, Upstream upstream, ServiceLifecycle lifecycle) => lifecycle.IsDraining
        ? Results.Json(new { status = "not-ready", reason = Readiness.Draining }, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context)
        : upstream.ForwardAsync(context);
}

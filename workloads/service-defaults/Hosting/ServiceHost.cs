using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SreLab.Workloads.ServiceDefaults.Defects;
using SreLab.Workloads.ServiceDefaults.Http;
using SreLab.Workloads.ServiceDefaults.Logs;
using SreLab.Workloads.ServiceDefaults.Metrics;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.ServiceDefaults.Hosting;

/// <summary>Puts a service together: its own parts, what all services share, and the defects that it carries.</summary>
public static class ServiceHost
{
    /// <summary>Largest body of a request, in bytes.</summary>
    public const long LargestBody = 1024 * 1024;

    /// <summary>How much of a body that was refused is read and discarded, in bytes: beyond it the connection is ended with the rest unread.</summary>
    private const long MostDiscarded = 16 * LargestBody;

    private const int LargestHeaders = 32 * 1024;

    /// <summary>Puts a service together.</summary>
    /// <param name="settings">What it was told.</param>
    /// <param name="defects">Defects that it carries.</param>
    /// <param name="finish">How long requests in flight and background work may take after no connection is accepted any more.</param>
    /// <param name="addServices">Adds the service's own parts.</param>
    /// <param name="map">Adds the service's own endpoints.</param>
    /// <param name="alter">Has the last word on the services; null for none.</param>
    /// <returns>The service, not yet started.</returns>
    public static WebApplication Build(
        ServiceSettings settings,
        IReadOnlyList<Defect> defects,
        TimeSpan finish,
        Action<IServiceCollection> addServices,
        Action<WebApplication> map,
        Action<IServiceCollection>? alter = null)
    {
        // The empty builder reads no file and no variable: what the settings do not name has no effect.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = settings.Service });
        var urls = defects.Aggregate(settings.Urls, (listen, defect) => defect.Listen(listen));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Limit).UseUrls([.. urls]);
        AddShared(builder.Services, settings, settings.Drain + finish);
        AddLogs(builder.Logging, settings);
        addServices(builder.Services);
        foreach (var defect in defects)
        {
            defect.Alter(builder.Services);
        }

        alter?.Invoke(builder.Services);
        var app = builder.Build();
        ServiceMetrics.AddTo(
            app.Services.GetRequiredService<MetricRegistry>(),
            settings,
            app.Services.GetRequiredService<ServiceLifecycle>(),
            app.Services.GetRequiredService<Readiness>(),
            app.Services.GetRequiredService<TimeProvider>());
        app.UseMiddleware<CorrelationMiddleware>();
        app.UseMiddleware<RequestRecorder>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<BodyLimitMiddleware>();
        foreach (var defect in defects)
        {
            defect.Alter(app);
        }

        app.UseRouting();
        map(app);
        return app;
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody + MostDiscarded;
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }

    private static void AddShared(IServiceCollection services, ServiceSettings settings, TimeSpan shutdown)
    {
        services.AddRouting();
        services.AddOpenApi();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<MetricRegistry>();
        services.AddSingleton(p => new ServiceLifecycle(p.GetRequiredService<TimeProvider>(), settings.MinimumUptime));
        services.AddSingleton<Readiness>();
        services.AddHostedService<GracefulShutdown>();
        services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        services.Configure<HostOptions>(o =>
        {
            o.ShutdownTimeout = shutdown;
            // Listeners and background work end together: neither waits for the other's last piece.
            o.ServicesStopConcurrently = true;
        });
    }

    private static void AddLogs(ILoggingBuilder logging, ServiceSettings settings)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        foreach (var framework in new[] { "Microsoft", "System", "Npgsql", "Yarp" })
        {
            logging.AddFilter(framework, LogLevel.Warning);
        }

        logging.AddConsole(o => o.FormatterName = JsonLinesFormatter.FormatterName);
        logging.AddConsoleFormatter<JsonLinesFormatter, JsonLinesOptions>(o => (o.Service, o.Instance) = (settings.Service, settings.Instance));
    }
}

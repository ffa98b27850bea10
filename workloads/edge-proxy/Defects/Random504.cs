using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using SreLab.Workloads.EdgeProxy.Forwarding;
using SreLab.Workloads.ServiceDefaults.Defects;
using SreLab.Workloads.ServiceDefaults.Http;

namespace SreLab.Workloads.EdgeProxy.Defects;

/// <summary>Answers 504 to a share of the requests, half of them after the service did its work. Probes, scrapes and the sidecar's own paths are spared.</summary>
/// <param name="settings">How often it strikes.</param>
internal sealed class Random504(Random504Settings settings) : Defect(DefectName)
{
    public const string DefectName = "random-504";

    private readonly Lock _lock = new();
    private readonly Random _random = new(settings.Seed);

    /// <summary>What happens to a request.</summary>
    internal enum Strike
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>It does not reach the service.</summary>
        Before,

        /// <summary>The service's answer is thrown away.</summary>
        After,
    }

    public override void Alter(IApplicationBuilder app)
    {
        var metrics = app.ApplicationServices.GetRequiredService<ProxyMetrics>();
        app.Use(async (context, next) =>
        {
            var strike = IsSpared(context.Request.Path) ? Strike.None : Next();
            if (strike == Strike.None)
            {
                await next(context);
                return;
            }

            if (strike == Strike.After)
            {
                await ForwardUnheardAsync(context, next);
            }

            metrics.Injected();
            context.Response.Clear();
            await Problem.WriteAsync(context, StatusCodes.Status504GatewayTimeout, "the service did not answer in time");
        });
    }

    /// <summary>Decides about the next request.</summary>
    public Strike Next()
    {
        lock (_lock)
        {
            var drawn = _random.NextDouble();
            return drawn >= settings.Ratio ? Strike.None : drawn < settings.Ratio / 2 ? Strike.Before : Strike.After;
        }
    }

    private static bool IsSpared(PathString path) => WellKnownPaths.IsProbeOrScrape(path) || path.StartsWithSegments(WellKnownPaths.Sidecar);

    private static async Task ForwardUnheardAsync(HttpContext context, RequestDelegate next)
    {
        var heard = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(heard);
        }
    }
}

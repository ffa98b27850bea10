using Microsoft.AspNetCore.Builder;
using SreLab.Workloads.ServiceDefaults.Defects;
using SreLab.Workloads.ServiceDefaults.Http;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Every request but probes and scrapes takes 3 to 8 s more.</summary>
internal sealed class SlowResponses() : Defect(DefectName)
{
    public const string DefectName = "slow-responses";

    private const double ShortestSeconds = 3;
    private const double LongestSeconds = 8;
    private const int Seed = 1;

    private readonly Lock _lock = new();
    private readonly Random _random = new(Seed);

    public override void Alter(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!WellKnownPaths.IsProbeOrScrape(context.Request.Path))
        {
            await Task.Delay(NextPause(), context.RequestAborted);
        }

        await next(context);
    });

    /// <summary>The pause of the next request.</summary>
    public TimeSpan NextPause()
    {
        lock (_lock)
        {
            return TimeSpan.FromSeconds(ShortestSeconds + (_random.NextDouble() * (LongestSeconds - ShortestSeconds)));
        }
    }
}

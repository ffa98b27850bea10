using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>The passes that settings and a database ask for.</summary>
internal static class BenchPlans
{
    /// <summary>An open loop runs below the limit, where latency is the server's and not the queue's, also on a host whose speed varies (ADR 0030).</summary>
    private const double OpenLoopShare = 0.5;

    /// <summary>As many clients as asked, as fast as they can.</summary>
    public static BenchPassPlan ClosedLoop(LabSettings settings, IReadOnlyDictionary<string, long> population) => new()
    {
        Name = BenchPassPlan.ClosedLoop,
        Scripts = BenchScripts.Mix(settings.Mix),
        // default_seed decides which products and customers are the popular ones: the same in every pass.
        Variables = new Dictionary<string, long>(population) { ["default_seed"] = settings.Seed },
        Clients = settings.Clients,
        Threads = Math.Min(settings.Clients, Environment.ProcessorCount),
        WarmupSeconds = settings.WarmupSeconds,
        Seconds = settings.BenchSeconds,
        RandomSeed = settings.Seed,
    };

    /// <summary>The same mix on a schedule; null when nothing is known about what the server can do.</summary>
    public static BenchPassPlan? OpenLoop(LabSettings settings, BenchPassPlan closedLoop, double closedLoopTps)
    {
        var rate = settings.Rate ?? (int)(closedLoopTps * OpenLoopShare);
        return rate < 1
            ? null
            : closedLoop with
            {
                Name = BenchPassPlan.OpenLoop,
                Seconds = settings.ShortPassSeconds,
                RatePerSecond = rate,
                // Another draw, or the pass would repeat the closed loop's transactions on warm rows.
                RandomSeed = NextSeed(settings.Seed, 1),
            };
    }

    /// <summary>What of the mix only reads.</summary>
    public static BenchPassPlan ReadOnly(LabSettings settings, BenchPassPlan closedLoop) => closedLoop with
    {
        Name = BenchPassPlan.ReadOnly,
        Scripts = BenchScripts.ReadOnlyPart(closedLoop.Scripts),
        Seconds = settings.ShortPassSeconds,
        RandomSeed = NextSeed(settings.Seed, 2),
    };

    private static int NextSeed(int seed, int step) => (int)(((long)seed + step) % int.MaxValue);
}

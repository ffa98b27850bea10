using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Tests.Workloads;

/// <summary>Samples on a clock that begins at second 1,000,000 of the epoch.</summary>
internal static class BenchSamples
{
    public const long StartUs = 1_000_000_000_000;

    public static DateTimeOffset Launched { get; } = DateTimeOffset.FromUnixTimeSeconds(1_000_000);

    public static PgbenchSample At(double seconds, double ms = 1, int client = 0, short script = 0, SampleOutcome outcome = SampleOutcome.Ok) =>
        new(StartUs + (long)(seconds * 1e6), outcome == SampleOutcome.Ok ? (long)(ms * 1000) : 0, client, script, outcome);

    /// <summary>Each client ends a transaction every 10 ms from the first to the last moment.</summary>
    public static IEnumerable<PgbenchSample> Steady(double begin, double end, params int[] clients) =>
        from client in clients
        from n in Enumerable.Range(1, (int)Math.Round((end - begin) * 100))
        select At(begin + (n / 100.0) - 0.001, 1, client);
}

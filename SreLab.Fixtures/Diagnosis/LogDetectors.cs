namespace SreLab.Fixtures.Diagnosis;

/// <summary>What is wrong, from the JSON lines of the workloads alone.</summary>
/// <remarks>Neither a leak of memory nor a race in a counter leaves a line; an early readiness leaves one only in a start without a database.</remarks>
public static class LogDetectors
{
    private const double SlowMs = 3000;
    private const double MostOrdinary = 0.01;

    /// <summary>In which a load balancer asks at least once.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private static readonly string[] Probes = ["/healthz", "/readiness"];

    /// <summary>Everything that is found.</summary>
    public static IReadOnlyList<Finding> Detect(IReadOnlyList<LogLine> lines) =>
    [
        .. lines.Where(l => l.IsJson).GroupBy(l => l.File).SelectMany(file =>
        {
            LogLine[] own = [.. file];
            return (Finding?[])[SlowResponses(own), FailingHealthz(own), WrongProbePort(own), ConnectionLeak(own), MissingCorrelationId(own), EarlyReadiness(own), AbruptShutdown(own), Random504(own)];
        }).OfType<Finding>(),
    ];

    private static Finding? SlowResponses(LogLine[] lines)
    {
        var requests = lines.Where(l => l.IsRequest && !l.IsOfSidecar && !IsProbe(l)).ToArray();

        // A request that asks to wait may take long, and so does one for the database while that is away.
        return Of("slow-responses", "requests took more than 3 s in the service, of which few may", [.. requests.Where(l => l.Value("duration_ms") > SlowMs && l.Value("status") < 500 && l.Field("path") != "/invoices/pay")], requests.Length);
    }

    private static Finding? FailingHealthz(LogLine[] lines) =>
        Of("failing-healthz", "/healthz was answered with 500", [.. lines.Where(l => l.IsRequest && !l.IsOfSidecar && l.Field("path") == "/healthz" && l.Value("status") == 500)]);

    private static Finding? WrongProbePort(LogLine[] lines) =>
        Of("wrong-probe-port", "probes were asked where nobody answers them (404)", [.. lines.Where(l => l.IsRequest && !l.IsOfSidecar && IsProbe(l) && l.Value("status") == 404)]);

    private static Finding? ConnectionLeak(LogLine[] lines) =>
        Of("connection-leak", "the pool of database connections was used up", [.. lines.Where(l => l.Field("error_stack").Contains("connection pool has been exhausted", StringComparison.Ordinal))]);

    private static Finding? MissingCorrelationId(LogLine[] lines) =>
        Of("missing-correlation-id", "requests were logged without their correlation id", [.. lines.Where(l => l.IsRequest && l.Field("correlation_id").Length == 0)]);

    /// <summary>It was started while the database was away, which a sound service says of its readiness: probes that fail are logged. A provider's is asked by nobody.</summary>
    private static Finding? EarlyReadiness(LogLine[] lines)
    {
        var away = lines.Where(l => l.Field("service") == "invoice-app" && l.Field("message") == "the database cannot be prepared yet").ToArray();
        var isTold = lines.Any(l => l.IsRequest && l.Field("path") == "/readiness" && l.Value("status") == 503);
        var prepared = lines.FirstOrDefault(l => l.Field("message") == "database prepared") ?? lines[^1];
        return !isTold && prepared.At - away.Min(l => l.At) >= Moment
            ? Of("early-readiness", "it was started while the database was away, and /readiness never said so", away)
            : null;
    }

    /// <summary>A life that ended without a word before the next began.</summary>
    private static Finding? AbruptShutdown(LogLine[] lines)
    {
        var lives = lines.Where(l => l.Field("message") is "service started" or "draining").ToArray();
        return Of(
            "abrupt-shutdown",
            "the service was started again without having drained: it ends at once on SIGTERM, or was killed",
            [.. lives.Zip(lives.Skip(1)).Where(p => p.First.Field("message") == "service started" && p.Second.Field("message") == "service started").Select(p => p.Second)]);
    }

    /// <summary>A sidecar that gave up waiting says so in a line of its own, with the same id.</summary>
    private static Finding? Random504(LogLine[] lines)
    {
        var explained = lines.Where(l => l.IsOfSidecar && l.Field("message") == "the service did not answer").Select(l => l.Field("correlation_id")).ToHashSet(StringComparer.Ordinal);
        return Of(
            "random-504",
            "the sidecar answered 504 without having waited in vain",
            [.. lines.Where(l => l.IsOfSidecar && l.IsRequest && l.Value("status") == 504 && !explained.Contains(l.Field("correlation_id")))]);
    }

    private static bool IsProbe(LogLine line) => Probes.Contains(line.Field("path"));

    private static Finding? Of(string entry, string what, LogLine[] shown, int of = 0) =>
        shown.Length == 0 || shown.Length <= of * MostOrdinary ? null : Finding.From(entry, Where(shown[0]), what, shown);

    private static string Where(LogLine line) => line.Field("instance") is { Length: > 0 } instance ? $"{instance} {(line.IsOfSidecar ? "sidecar" : "service")}" : line.File;
}

using System.Globalization;

namespace SreLab.Fixtures.Slos;

/// <summary>A service level: what its clients are promised, and the queries that measure it from their side.</summary>
/// <remarks>
/// A ratio is absent, not 0, while there is no traffic and when nobody tells any more: what is not known fires nothing and is
/// shown as a gap. Without the last part of each query a range would go on telling of clients that have gone.
/// </remarks>
/// <param name="Name">availability or latency: the label <c>slo</c>.</param>
/// <param name="Promise">What is promised, for texts: <c>succeed</c>.</param>
/// <param name="Breach">What a bad operation does, for texts: <c>fail</c>.</param>
/// <param name="Budget">Share of bad operations that the objective allows, above 0 and below 1.</param>
/// <param name="Total">Selector of the counter of all its operations.</param>
/// <param name="Counted">Selector of the counter that <paramref name="CountsGood"/> tells the meaning of.</param>
/// <param name="CountsGood">Whether <paramref name="Counted"/> counts the good operations; else it counts the bad ones.</param>
internal sealed record ServiceLevel(string Name, string Promise, string Breach, decimal Budget, string Total, string Counted, bool CountsGood)
{
    /// <summary>The levels that the objectives promise.</summary>
    public static IReadOnlyList<ServiceLevel> All(Objectives objectives) => [Availability(objectives), Latency(objectives)];

    /// <summary>Its alerts begin with it: <c>Availability</c>.</summary>
    public string Title => char.ToUpperInvariant(Name[0]) + Name[1..];

    /// <summary>The objective for texts: <c>99.9 % of operations must succeed</c>.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"{(1 - Budget) * 100:0.####} % of operations must {Promise}");

    /// <summary>Name of its recorded share of bad operations.</summary>
    public string RatioName(TimeSpan window) => $"srelab:sli_client_{Name}:errors_ratio{RuleWindow.Name(window)}";

    /// <summary>Name of its recorded number of operations.</summary>
    public string OperationsName(TimeSpan window) => $"srelab:sli_client_{Name}:operations{RuleWindow.Name(window)}";

    /// <summary>Share of bad operations over a window, lines of PromQL.</summary>
    public IReadOnlyList<string> Ratio(TimeSpan window)
    {
        var range = RuleWindow.Name(window);
        string[] share =
        [
            $"sum by (cluster) (rate({Counted}[{range}]))",
            "/",
            $"(sum by (cluster) (rate({Total}[{range}])) > 0)",
        ];
        // A histogram's buckets are extrapolated each by itself: what is good can come out a hair above what there is.
        return CountsGood
            ? ["clamp_min(", "  1 -", .. share.Select(l => $"  {l}"), ", 0)", Present]
            : ["(", .. share.Select(l => $"  {l}"), ")", Present];
    }

    /// <summary>Number of operations in a window, lines of PromQL.</summary>
    public IReadOnlyList<string> Operations(TimeSpan window) => [$"sum by (cluster) (increase({Total}[{RuleWindow.Name(window)}]))", Present];

    private string Present => $"and on (cluster) group by (cluster) ({Total})";

    private static ServiceLevel Availability(Objectives objectives) => new(
        "availability",
        "succeed",
        "fail",
        objectives.BenchErrorRatio,
        ClientSeries.Operations,
        $"{ClientSeries.Operations}{{outcome!=\"{ClientSeries.Ok}\"}}",
        CountsGood: false);

    private static ServiceLevel Latency(Objectives objectives)
    {
        var bound = string.Create(CultureInfo.InvariantCulture, $"{objectives.BenchLatencyP99Ms:0.###} ms");
        return new ServiceLevel(
            "latency",
            $"be acknowledged within {bound}",
            $"take longer than {bound}",
            objectives.ServiceLevels.SlowRatio,
            $"{ClientSeries.Latency}_count",
            $"{ClientSeries.Latency}_bucket{{le=\"{ClientSeries.Bound(objectives.BenchLatencyP99Ms / 1000)}\"}}",
            CountsGood: true);
    }
}

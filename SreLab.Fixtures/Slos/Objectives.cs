using System.Text.Json;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Slos;

/// <summary>The objectives of <c>slos.json</c>: the one source for specs, rules and report.</summary>
public sealed record Objectives
{
    /// <summary>bench-latency-p99: 99th percentile of the closed loop and of the open loop, milliseconds.</summary>
    public required decimal BenchLatencyP99Ms { get; init; }

    /// <summary>bench-error-ratio: failed operations over all operations, 0 to 1; its error budget is this ratio.</summary>
    public required decimal BenchErrorRatio { get; init; }

    /// <summary>failover-postmaster-median: write outage when the postmaster is killed, median over the repeats, seconds.</summary>
    public required decimal PostmasterOutageMedianSeconds { get; init; }

    /// <summary>failover-postmaster-worst: the same, worst of the repeats, seconds.</summary>
    public required decimal PostmasterOutageWorstSeconds { get; init; }

    /// <summary>failover-member-worst: write outage when a whole member is killed, worst of the repeats, seconds.</summary>
    public required decimal MemberOutageWorstSeconds { get; init; }

    /// <summary>failover-member-lease-ratio: that outage over (lease left at the kill + 1 s), every repeat.</summary>
    public required decimal MemberOutageLeaseRatio { get; init; }

    /// <summary>acknowledged-writes-lost: how many may be lost.</summary>
    public required int AcknowledgedWritesLost { get; init; }

    /// <summary>bring-up: three members, two streaming, all scrape targets up, seconds.</summary>
    public required decimal UpSeconds { get; init; }

    /// <summary>bring-up-again: a second bring-up, seconds.</summary>
    public required decimal SecondUpSeconds { get; init; }

    /// <summary>seed-again: a second seed, seconds.</summary>
    public required decimal SecondSeedSeconds { get; init; }

    /// <summary>ledger-rate: acknowledged writes per second before a fault below which a run is no evidence.</summary>
    public required decimal MinimumLedgerRate { get; init; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="LabException">Missing, unreadable, an objective absent or not positive: all problems at once.</exception>
    public static Objectives Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new LabException($"objectives missing: {path} does not exist; restore it with: git checkout slos.json");
        }

        Objectives objectives;
        try
        {
            objectives = JsonSerializer.Deserialize<Objectives>(File.ReadAllText(path), Options)!;
        }
        catch (JsonException e)
        {
            throw new LabException($"objectives unreadable: slos.json: {e.Message}", e);
        }

        var wrong = typeof(Objectives).GetProperties()
            .Where(p => p.PropertyType == typeof(decimal) && (decimal)p.GetValue(objectives)! <= 0)
            .Select(p => $"  {p.Name,-30} must be greater than 0")
            .ToList();
        return wrong.Count == 0
            ? objectives
            : throw new LabException($"objectives refused: {wrong.Count} in slos.json.\n{string.Join('\n', wrong)}");
    }

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };
}

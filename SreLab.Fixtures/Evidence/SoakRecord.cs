using System.Text.Json.Serialization;
using SreLab.Fixtures.Checkers;

namespace SreLab.Fixtures.Evidence;

/// <summary>A soak: every fault with what it cost and how it was judged.</summary>
public sealed record SoakRecord
{
    /// <summary>Decides the sequence, the moments and the victims.</summary>
    public required int Seed { get; init; }

    /// <summary>How many faults were asked for.</summary>
    public required int Planned { get; init; }

    /// <summary>Kinds that they were drawn from; empty for all that a soak has.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Those that were carried out, in order.</summary>
    public required IReadOnlyList<SoakStepRecord> Steps { get; init; }

    /// <summary>Why it did not come to its end, or not to a good one; null when it did.</summary>
    public required string? Stopped { get; init; }

    /// <summary>Whether everything that was acknowledged in any fault was still there at the end; null when it did not come to that.</summary>
    public required Verdict? Ledger { get; init; }
}

/// <summary>One fault of a soak.</summary>
public sealed record SoakStepRecord
{
    /// <summary>Name of the verdict on the outage, the only one that does not end a soak.</summary>
    public const string Outage = "outage";

    /// <summary>1-based; the repeat in the fault's folder.</summary>
    public required int Number { get; init; }

    /// <summary>Which fault.</summary>
    public required string Kind { get; init; }

    /// <summary>Which one fell as well, while it lasted.</summary>
    public required string? Second { get; init; }

    /// <summary>When its load began.</summary>
    public DateTimeOffset StartedUtc { get; init; }

    /// <summary>What was done, to whom.</summary>
    public string Signalled { get; init; } = "";

    /// <summary>Writes that were acknowledged.</summary>
    public int Acknowledged { get; init; }

    /// <summary>Write outage, seconds; a lower bound when <see cref="IsCensored"/>; null when it could not be measured.</summary>
    public double? OutageSeconds { get; init; }

    /// <summary>Writes did not come back.</summary>
    public bool IsCensored { get; init; }

    /// <summary>Another member led afterwards.</summary>
    public bool TookOver { get; init; }

    /// <summary>How it was judged, by name.</summary>
    public IReadOnlyDictionary<string, Verdict> Verdicts { get; init; } = new Dictionary<string, Verdict>();

    /// <summary>Why it could not be carried out; null when it was.</summary>
    public string? Failure { get; init; }

    /// <summary>Why a soak ends here; null when it goes on. A time beyond its limit does not end it: it loses no data.</summary>
    [JsonIgnore]
    public string? Stops => Failure?.Split('\n')[0]
        ?? Verdicts.Where(v => v.Key != Outage && v.Value is { Kind: VerdictKind.Broken, IsLate: false }).Select(v => $"{v.Key}: {v.Value.Summary}").FirstOrDefault();
}

namespace SreLab.Fixtures.Evidence;

/// <summary>What a run is: the first file of its folder.</summary>
public sealed record RunRecord
{
    /// <summary>Folder name: UTC start and target, for example <c>20261121T101500Z-local</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Start of the run.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Commit of the suite, with <c>-dirty</c> when the tree had changes; <c>unknown</c> outside git.</summary>
    public required string Commit { get; init; }

    /// <summary>Target name.</summary>
    public required string Target { get; init; }

    /// <summary>Profile name: full or quick.</summary>
    public required string Profile { get; init; }

    /// <summary>The lab whose evidence this is: a later process on the same lab carries the run on. Null until a lab was up.</summary>
    public string? LabId { get; init; }

    /// <summary>What the target cannot do, by the name of the capability, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Lacks { get; init; } = new Dictionary<string, string>();

    /// <summary>What was measured not to be there although the target could not know it, by the name of the capability, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Absent { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a missed time breaks its promise; in the suite's own test it is reported as slow.</summary>
    public bool DoTimesDecide { get; init; } = true;

    /// <summary>Every setting with its effective value, secrets left out.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }
}

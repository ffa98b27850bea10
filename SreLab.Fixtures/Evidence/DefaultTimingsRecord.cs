namespace SreLab.Fixtures.Evidence;

/// <summary>Write outages with the cluster manager's default timings beside ours, as comparisons measured them before this run.</summary>
public sealed record DefaultTimingsRecord
{
    /// <summary>One entry a kind of fault.</summary>
    public required IReadOnlyList<ComparedOutage> Outages { get; init; }
}

/// <summary>One kind of fault with both timings, interleaved in one run.</summary>
/// <param name="Kind">Which fault.</param>
/// <param name="Source">The folder of the comparison.</param>
/// <param name="Pairs">How often each side was measured.</param>
/// <param name="OursSeconds">Median write outage with our timings, seconds.</param>
/// <param name="DefaultsSeconds">Median write outage with the defaults, seconds.</param>
/// <param name="Verdict">What the comparison says of its goal; inconclusive where the machine was too noisy.</param>
public sealed record ComparedOutage(string Kind, string Source, int Pairs, double OursSeconds, double DefaultsSeconds, string Verdict);

using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Seeding;

/// <summary>What a seed did.</summary>
public enum SeedKind
{
    /// <summary>An empty database was filled.</summary>
    Loaded = 0,

    /// <summary>The database was already filled with these rows and this seed; nothing was changed.</summary>
    AlreadySeeded = 1,

    /// <summary>An interrupted seed of the same rows was completed: whole tables were kept, the rest was loaded.</summary>
    Resumed = 2,

    /// <summary>Rows of an earlier seed were thrown away, because it was interrupted with other settings or because it was asked for.</summary>
    StartedOver = 3,
}

/// <summary>How a seed ended. After <see cref="SeedKind.AlreadySeeded"/> the figures are those of the seed that loaded the rows.</summary>
public sealed record SeedOutcome
{
    /// <summary>What was done.</summary>
    public required SeedKind Kind { get; init; }

    /// <summary>Start of the load.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Seconds of schema, load, indexes, analyze and replay, in order; after <see cref="SeedKind.Resumed"/> only of the completing run.</summary>
    public required IReadOnlyList<PhaseRecord> Phases { get; init; }

    /// <summary>Total seconds: the clock stopped when every standby had replayed the last byte.</summary>
    public required double Seconds { get; init; }

    /// <summary>Peak resident memory of the process that loaded, bytes.</summary>
    public required long PeakResidentBytes { get; init; }

    /// <summary>Size of the database with indexes, bytes.</summary>
    public required long DatabaseBytes { get; init; }

    /// <summary>Rows by table as seeded, without schema.</summary>
    public required IReadOnlyDictionary<string, long> RowsByTable { get; init; }

    /// <summary>Content hash by table as it was right after the load, without schema; whoever writes afterwards changes the tables, not these.</summary>
    public required IReadOnlyDictionary<string, string> HashesWhenSeeded { get; init; }
}

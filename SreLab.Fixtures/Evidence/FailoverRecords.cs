namespace SreLab.Fixtures.Evidence;

/// <summary>One fault under load, from steady state to healed, with where its raw evidence is.</summary>
public sealed record FaultRecord
{
    /// <summary>One of the catalogue.</summary>
    public required string Kind { get; init; }

    /// <summary>1-based number of the repeat.</summary>
    public required int Repeat { get; init; }

    /// <summary>What was signalled, with pids.</summary>
    public required string Signalled { get; init; }

    /// <summary>Zero of all milliseconds below; equal to the history header's.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>When the signal was sent.</summary>
    public required double InjectedMs { get; init; }

    /// <summary>When the fault was seen from outside to have landed.</summary>
    public required double SeenMs { get; init; }

    /// <summary>What was hit: a member, or a program by name; empty in records of older releases, which only knew the primary.</summary>
    public string Victim { get; init; } = "";

    /// <summary>What was seen of it, for people.</summary>
    public string SeenAs { get; init; } = "";

    /// <summary>When the consensus store named another leader; null when it never did.</summary>
    public required double? NewLeaderMs { get; init; }

    /// <summary>When the new primary first said that it is not in recovery; null when it never did.</summary>
    public required double? PromotedMs { get; init; }

    /// <summary>When the fault was taken back; null where the platform mended it by itself.</summary>
    public required double? RecoveredMs { get; init; }

    /// <summary>When all members streamed again.</summary>
    public required double? HealedMs { get; init; }

    /// <summary>The primary before the fault.</summary>
    public required string OldPrimary { get; init; }

    /// <summary>The primary afterwards.</summary>
    public required string NewPrimary { get; init; }

    /// <summary>Timeline before.</summary>
    public required int TimelineBefore { get; init; }

    /// <summary>Timeline after.</summary>
    public required int TimelineAfter { get; init; }

    /// <summary>Seconds left of the leader's lease at the kill, read from the consensus store.</summary>
    public required double? LeaseLeftSeconds { get; init; }

    /// <summary>Effective ttl, loop_wait in seconds, read back.</summary>
    public required double TtlSeconds { get; init; }

    /// <summary>Effective loop_wait in seconds, read back.</summary>
    public required double LoopWaitSeconds { get; init; }

    /// <summary>History of the ledger, relative to the run folder.</summary>
    public required string HistoryFile { get; init; }

    /// <summary>Attempts of the two-primaries probe, relative to the run folder.</summary>
    public required string ProbeFile { get; init; }

    /// <summary>Ids of this experiment found on each member after the heal: file relative to the run folder, by member. One id a line.</summary>
    public required IReadOnlyDictionary<string, string> ReadBackFiles { get; init; }

    /// <summary>Members as they were seen after the heal.</summary>
    public required IReadOnlyList<MemberRecord> MembersAfter { get; init; }

    /// <summary>Content hash by table, by member, after the heal with writes stopped.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> HashesByMember { get; init; }

    /// <summary>What happened when, for the timeline in the report.</summary>
    public required IReadOnlyList<EventRecord> Events { get; init; }
}

/// <summary>Something that happened during a fault.</summary>
/// <param name="AtMs">Milliseconds on the record's clock.</param>
/// <param name="What">One short sentence.</param>
public sealed record EventRecord(double AtMs, string What);

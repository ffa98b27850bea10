namespace SreLab.Fixtures.Evidence;

/// <summary>What members' servers logged beside a fault.</summary>
public sealed record MemberLogsRecord
{
    /// <summary>Zero of the history's milliseconds: lines carry the wall clock, windows the history's.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>What every server was told to log at the end: a copy without it is not that server's log, or not all of it. Null when none was told.</summary>
    public string? Mark { get; init; }

    /// <summary>Each member whose log was to be captured.</summary>
    public required IReadOnlyList<MemberLogRecord> Members { get; init; }
}

/// <summary>What one member's server logged.</summary>
/// <param name="Member">Whose it is.</param>
/// <param name="File">The copy of what was appended, relative to the run folder; null when there was no log to copy.</param>
/// <param name="Bytes">How much was appended.</param>
/// <param name="WasReplaced">The log was cut or replaced meanwhile, so that lines are missing.</param>
public sealed record MemberLogRecord(string Member, string? File, long Bytes, bool WasReplaced);

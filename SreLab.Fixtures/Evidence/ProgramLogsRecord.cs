namespace SreLab.Fixtures.Evidence;

/// <summary>What the programs around PostgreSQL logged beside a fault: why a cluster manager decided what it did stands nowhere else.</summary>
public sealed record ProgramLogsRecord
{
    /// <summary>Zero of the history's milliseconds: lines carry the wall clock.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Each program whose log was to be captured.</summary>
    public required IReadOnlyList<ProgramLogRecord> Programs { get; init; }
}

/// <summary>What one program logged.</summary>
/// <param name="Program">Its name under the supervisor.</param>
/// <param name="File">The copy of what was appended, without secrets, relative to the run folder; null when there was no log to copy.</param>
/// <param name="Bytes">How much was appended.</param>
/// <param name="LeftOut">How much of that was left out of the middle, so that a talkative program does not fill the disk.</param>
/// <param name="WasReplaced">The log was cut or replaced meanwhile, so that lines are missing.</param>
public sealed record ProgramLogRecord(string Program, string? File, long Bytes, long LeftOut, bool WasReplaced);

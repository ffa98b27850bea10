using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Histories;

/// <summary>One read of the heartbeat through the read-only endpoint.</summary>
/// <remarks>Times are milliseconds on the history's own monotonic clock.</remarks>
public sealed record HeartbeatRead
{
    /// <summary>When it was asked; where nobody could be reached, when that was begun.</summary>
    public required double SentMs { get; init; }

    /// <summary>When the answer was there, or given up.</summary>
    public required double EndedMs { get; init; }

    /// <summary>The beat that it showed, 0 before the first; null without an answer.</summary>
    public long? Beat { get; init; }

    /// <summary>Who answered: the member's name where it is known, else the server's address.</summary>
    public string? Server { get; init; }

    /// <summary>Whether it was in recovery; null without an answer.</summary>
    public bool? IsStandby { get; init; }

    /// <summary>SQLSTATE or the exception's type where there was no answer.</summary>
    public string? Error { get; init; }
}

/// <summary>Everything that is known of a heartbeat: what the checker of stale reads judges.</summary>
/// <param name="Record">At which rate it was read.</param>
/// <param name="Beats">Every beat with its outcome; <see cref="Operation.Id"/> is its number, from 1.</param>
/// <param name="Reads">Every read.</param>
/// <param name="IsTorn">A history lost its last line: at least one beat or read is missing.</param>
public sealed record HeartbeatHistory(HeartbeatRecord Record, IReadOnlyList<Operation> Beats, IReadOnlyList<HeartbeatRead> Reads, bool IsTorn)
{
    /// <summary>Reads the raw evidence of a folder; null when no heartbeat ran there.</summary>
    /// <param name="store">The run.</param>
    /// <param name="folder">The experiment's folder, relative to the run.</param>
    /// <exception cref="Lab.LabException">A history is missing or corrupt.</exception>
    public static HeartbeatHistory? TryLoad(RunStore store, string folder)
    {
        if (store.TryRead<HeartbeatRecord>($"{folder}/{EvidenceFiles.HeartbeatFileName}") is not { } record)
        {
            return null;
        }

        var beats = HistoryReader.Read<Operation>(store.PathOf(record.BeatsFile));
        var reads = HistoryReader.Read<HeartbeatRead>(store.PathOf(record.ReadsFile));
        return new HeartbeatHistory(record, beats.Rows, reads.Rows, beats.IsTorn || reads.IsTorn);
    }
}

using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Histories;

/// <summary>One look at the whole bank on one member.</summary>
/// <remarks>Times are milliseconds on the history's own monotonic clock.</remarks>
public sealed record BankRead
{
    /// <summary>The member that was asked.</summary>
    public required string Member { get; init; }

    /// <summary>When it was asked; where it could not be reached, when that was begun.</summary>
    public required double SentMs { get; init; }

    /// <summary>When the answer was there, or given up.</summary>
    public required double EndedMs { get; init; }

    /// <summary>The timeline of a primary; 0 on a member that was in recovery; null without an answer.</summary>
    public int? Timeline { get; init; }

    /// <summary>How many accounts it showed; null without an answer.</summary>
    public long? Accounts { get; init; }

    /// <summary>What they held together; null without an answer.</summary>
    public long? Total { get; init; }

    /// <summary>SQLSTATE or the exception's type where there was no answer.</summary>
    public string? Error { get; init; }
}

/// <summary>Everything that is known of a bank: what its checker judges.</summary>
/// <param name="Record">How many accounts were opened, with how much, on which members.</param>
/// <param name="Transfers">Every transfer with its outcome.</param>
/// <param name="Reads">Every look at it.</param>
/// <param name="IsTorn">A history lost its last line: at least one transfer or read is missing.</param>
public sealed record BankHistory(BankRecord Record, IReadOnlyList<Operation> Transfers, IReadOnlyList<BankRead> Reads, bool IsTorn)
{
    /// <summary>Reads the raw evidence of a folder; null when no bank ran there.</summary>
    /// <param name="store">The run.</param>
    /// <param name="folder">The experiment's folder, relative to the run.</param>
    /// <exception cref="Lab.LabException">A history is missing or corrupt.</exception>
    public static BankHistory? TryLoad(RunStore store, string folder)
    {
        if (store.TryRead<BankRecord>($"{folder}/{EvidenceFiles.BankFileName}") is not { } record)
        {
            return null;
        }

        var transfers = HistoryReader.Read<Operation>(store.PathOf(record.TransfersFile));
        var reads = HistoryReader.Read<BankRead>(store.PathOf(record.ReadsFile));
        return new BankHistory(record, transfers.Rows, reads.Rows, transfers.IsTorn || reads.IsTorn);
    }
}

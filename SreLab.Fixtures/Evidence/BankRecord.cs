namespace SreLab.Fixtures.Evidence;

/// <summary>A bank that ran beside a fault: what was opened, and where its histories are.</summary>
public sealed record BankRecord
{
    /// <summary>Zero of all milliseconds of its histories; equal to the fault's.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How many accounts were opened.</summary>
    public required int Accounts { get; init; }

    /// <summary>What each of them held then.</summary>
    public required long OpeningBalance { get; init; }

    /// <summary>The members that were read directly.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>Transfers with their outcomes, relative to the run folder.</summary>
    public required string TransfersFile { get; init; }

    /// <summary>Reads of every member, relative to the run folder.</summary>
    public required string ReadsFile { get; init; }

    /// <summary>What all accounts hold together, at every moment.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Total => Accounts * OpeningBalance;
}

namespace SreLab.Fixtures.Workloads.Bank;

/// <summary>What the bank's clients do. The defaults are light: the machine is the ledger's.</summary>
public sealed record BankOptions
{
    /// <summary>Accounts that are opened; 2 or more.</summary>
    public int Accounts { get; init; } = 100;

    /// <summary>What each of them holds at first.</summary>
    public long OpeningBalance { get; init; } = 1000;

    /// <summary>Clients that transfer, each with one connection.</summary>
    public int Clients { get; init; } = 4;

    /// <summary>Transfers per second over all clients.</summary>
    public double RatePerSecond { get; init; } = 20;

    /// <summary>From one read of a member to the next.</summary>
    public TimeSpan ReadPeriod { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a client or reader waits for an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Decides accounts and amounts.</summary>
    public required int Seed { get; init; }
}

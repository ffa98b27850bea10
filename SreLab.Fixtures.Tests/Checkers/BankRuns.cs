using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>Small hand-made banks: 10 accounts of 1,000, transfers each 50 ms for 10 s, pg-1 is away from 4 s to 6 s.</summary>
internal static class BankRuns
{
    public static IReadOnlyList<FaultWindow> Faults { get; } = [new("kill-member 1", 4000, 7000)];

    /// <summary>A run in which the total is constant.</summary>
    public static BankHistory Good() => new(
        new BankRecord
        {
            StartedUtc = DateTimeOffset.UnixEpoch,
            Accounts = 10,
            OpeningBalance = 1000,
            Members = ["pg-1", "pg-2", "pg-3"],
            TransfersFile = "bank-transfers.jsonl",
            ReadsFile = "bank-reads.jsonl",
        },
        [.. Enumerable.Range(0, 200).Select(i => Transfer(i + 1, i * 50, i * 50 is > 4000 and < 5500))],
        [.. Enumerable.Range(0, 40).Select(i => i * 250d).SelectMany(at => new[]
        {
            at is > 4000 and < 6000 ? Unanswered("pg-1", at) : Read("pg-1", at, timeline: at <= 4000 ? 1 : 0),
            Read("pg-2", at, timeline: at > 5500 ? 2 : 0),
            Read("pg-3", at),
        })],
        IsTorn: false);

    public static BankRead Read(string member, double atMs, long total = 10_000, long accounts = 10, int timeline = 0) =>
        new() { Member = member, SentMs = atMs, EndedMs = atMs + 2, Timeline = timeline, Accounts = accounts, Total = total };

    public static BankRead Unanswered(string member, double atMs, string error = "SocketException.ConnectionRefused") =>
        new() { Member = member, SentMs = atMs, EndedMs = atMs + 2, Error = error };

    public static BankHistory With(this BankHistory history, BankRead read) => history with { Reads = [.. history.Reads, read] };

    private static Operation Transfer(long id, double atMs, bool isLost) => new()
    {
        Id = id,
        Client = (int)(id % 4),
        ScheduledMs = atMs,
        SentMs = atMs + 1,
        EndedMs = atMs + 4,
        Outcome = isLost ? Outcome.Indeterminate : Outcome.Acknowledged,
        Error = isLost ? "EndOfStreamException" : null,
    };
}

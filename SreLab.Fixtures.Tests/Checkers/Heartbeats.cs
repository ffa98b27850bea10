using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>Small hand-made heartbeats: a beat each 100 ms for 10 s, read 50 ms later from two standbys in turn; nobody is acknowledged from 4 s to 5.5 s.</summary>
internal static class Heartbeats
{
    public static IReadOnlyList<FaultWindow> Faults { get; } = [new("kill-member 1", 4000, 7000)];

    /// <summary>A run in which every read shows the latest beat.</summary>
    public static HeartbeatHistory Good() => new(
        new HeartbeatRecord { StartedUtc = DateTimeOffset.UnixEpoch, ReadPeriodMs = 100, BeatsFile = "heartbeat-beats.jsonl", ReadsFile = "heartbeat-reads.jsonl" },
        [.. Enumerable.Range(1, 100).Select(n => Beat(n, isLost: IsLost(n)))],
        [.. Enumerable.Range(1, 99).Select(i => Read((i * 100) + 50, Enumerable.Range(1, i).Last(n => !IsLost(n)), i / 10 % 2 == 0 ? "pg-2" : "pg-3"))],
        IsTorn: false);

    public static HeartbeatRead Read(double atMs, long beat, string server = "pg-3", bool isStandby = true) =>
        new() { SentMs = atMs, EndedMs = atMs + 2, Beat = beat, Server = server, IsStandby = isStandby };

    public static HeartbeatRead Unanswered(double atMs) => new() { SentMs = atMs, EndedMs = atMs + 1, Error = "SocketException.ConnectionRefused" };

    public static HeartbeatHistory With(this HeartbeatHistory history, HeartbeatRead read) => history with { Reads = [.. history.Reads, read] };

    public static HeartbeatHistory Reads(this HeartbeatHistory history, Func<HeartbeatRead, bool> keep) => history with { Reads = [.. history.Reads.Where(keep)] };

    private static bool IsLost(int number) => number is >= 40 and < 55;

    private static Operation Beat(long number, bool isLost) => new()
    {
        Id = number,
        Client = 0,
        ScheduledMs = number * 100,
        SentMs = (number * 100) + 1,
        EndedMs = (number * 100) + 5,
        Outcome = isLost ? Outcome.Indeterminate : Outcome.Acknowledged,
        Error = isLost ? "EndOfStreamException" : null,
    };
}

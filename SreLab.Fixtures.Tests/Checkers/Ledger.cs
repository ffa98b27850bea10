using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Tests;

/// <summary>Small hand-made histories: 100 writes/s for 10 s, the primary pg-1 is killed at 5 s, pg-2 answers from 6.5 s on.</summary>
internal static class Ledger
{
    public const double InjectedMs = 5000;
    public const double BackMs = 6500;
    public const double EndMs = 10_000;

    public static Objectives Objectives { get; } = new()
    {
        BenchLatencyP99Ms = 200,
        BenchErrorRatio = 0.001m,
        PostmasterOutageMedianSeconds = 2,
        PostmasterOutageWorstSeconds = 5,
        MemberOutageWorstSeconds = 23,
        MemberOutageLeaseRatio = 1.15m,
        FaultOutageSeconds = FaultCatalogue.All.ToDictionary(e => e.Kind, _ => 10m, StringComparer.Ordinal),
        AcknowledgedWritesLost = 0,
        MinimumLedgerRate = 80,
        DisturbedHostRatio = 0.1m,
        StaleReadSeconds = 1,
        StaleReadWhileBrokenSeconds = 15,
        WorkloadLatencyP99Ms = 500,
        WorkloadErrorRatio = 0.001m,
        WorkloadReadinessSeconds = 3,
        WorkloadBytesPerRequest = 24_576,
        WorkloadConnectionsLeft = 3,
        WorkloadFailoverSeconds = 15,
        RecoveryTimeSeconds = 30,
        RecoveryPointSeconds = 15,
        ServiceLevels = new ServiceLevelObjectives
        {
            PeriodDays = 30,
            RunDivisor = 120,
            SlowRatio = 0.01m,
            MinimumOperations = 1000,
            BurnRates =
            [
                new BurnRatePair { Severity = "page", Factor = 14.4m, LongMinutes = 60, ShortMinutes = 5 },
                new BurnRatePair { Severity = "ticket", Factor = 1, LongMinutes = 4320, ShortMinutes = 360 },
            ],
        },
    };

    public static Operation Acknowledged(long id, double endedMs, int timeline = 1) => new()
    {
        Id = id,
        Client = (int)(id % 4),
        ScheduledMs = endedMs - 3,
        SentMs = endedMs - 2,
        EndedMs = endedMs,
        Outcome = Outcome.Acknowledged,
        Server = ServerIdentity.Format(timeline == 1 ? "127.0.0.11" : "127.0.0.12", timeline),
    };

    public static Operation NotAcknowledged(long id, double endedMs, Outcome outcome) => new()
    {
        Id = id,
        Client = (int)(id % 4),
        ScheduledMs = endedMs - 3,
        SentMs = endedMs - 2,
        EndedMs = endedMs,
        Outcome = outcome,
        Error = outcome == Outcome.Refused ? "57P03" : "IOException",
    };

    public static ProbeAttempt Probe(string member, double atMs, int timeline = 0, double lengthMs = 3) => new()
    {
        Member = member,
        SentMs = atMs,
        EndedMs = atMs + lengthMs,
        Accepted = timeline > 0,
        Timeline = timeline,
        Error = timeline > 0 ? null : "25006",
    };

    /// <summary>A run in which every promise holds.</summary>
    public static FaultHistory Good(string kind = FaultKinds.KillPostmaster, double backMs = BackMs, double? leaseLeftSeconds = 19)
    {
        List<Operation> operations = [];
        for (var i = 1; i * 10 <= Math.Max(EndMs, backMs + 3000); i++)
        {
            var at = i * 10d;
            operations.Add(at < InjectedMs ? Acknowledged(i, at)
                : at >= backMs ? Acknowledged(i, at, timeline: 2)
                : NotAcknowledged(i, at, at < InjectedMs + 10 ? Outcome.Indeterminate : Outcome.Refused));
        }

        var end = operations[^1].EndedMs;
        var probe = Enumerable.Range(0, (int)(end / 100)).Select(i => (i * 100d) + 1).SelectMany(at => new[]
        {
            Probe("pg-1", at, at < InjectedMs - 10 ? 1 : 0),
            Probe("pg-2", at, at > backMs - 200 ? 2 : 0),
            Probe("pg-3", at),
        });
        List<long> present = [.. operations.Where(o => o.Outcome != Outcome.Refused).Select(o => o.Id)];
        return new FaultHistory(
            Record(kind, backMs, leaseLeftSeconds, end),
            new HistoryHeader(DateTimeOffset.UnixEpoch, 4, 100, 1000),
            operations,
            [.. probe],
            Members.ToDictionary(m => m, _ => (IReadOnlyList<long>)present),
            IsTorn: false);
    }

    public static FaultHistory With(this FaultHistory history, string member, Func<IEnumerable<long>, IEnumerable<long>> change) =>
        history with { ReadBack = history.ReadBack.ToDictionary(r => r.Key, r => r.Key == member ? [.. change(r.Value)] : r.Value) };

    public static FaultHistory WithOperations(this FaultHistory history, Func<Operation, bool> keep) =>
        history with { Operations = [.. history.Operations.Where(keep)] };

    private static readonly string[] Members = ["pg-1", "pg-2", "pg-3"];

    private static FaultRecord Record(string kind, double backMs, double? leaseLeftSeconds, double endMs) => new()
    {
        Kind = kind,
        Repeat = 1,
        Signalled = "postmaster 4711",
        StartedUtc = DateTimeOffset.UnixEpoch,
        InjectedMs = InjectedMs,
        SeenMs = InjectedMs + 5,
        NewLeaderMs = backMs - 500,
        PromotedMs = backMs - 300,
        RecoveredMs = backMs + 500,
        HealedMs = endMs - 1000,
        OldPrimary = "pg-1",
        NewPrimary = "pg-2",
        TimelineBefore = 1,
        TimelineAfter = 2,
        LeaseLeftSeconds = leaseLeftSeconds,
        TtlSeconds = 20,
        LoopWaitSeconds = 1,
        HistoryFile = "history.jsonl",
        ProbeFile = "probe.jsonl",
        ReadBackFiles = Members.ToDictionary(m => m, m => $"readback-{m}.ids"),
        MembersAfter = [.. Members.Select(m => new MemberRecord(m, "127.0.0.1:5432", m == "pg-2" ? "primary" : "standby", m == "pg-2" ? "running" : "streaming", 2, m == "pg-2" ? null : 0, m == "pg-3"))],
        HashesByMember = Members.ToDictionary(m => m, _ => (IReadOnlyDictionary<string, string>)new Dictionary<string, string> { ["srelab.orders"] = "abc", ["srelab.invoices"] = "def" }),
        Events = [],
    };
}

using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Backups;

/// <summary>Backup proofs in which everything went well; <c>with</c> makes the others.</summary>
internal static class SampleBackups
{
    private const int Writes = 1000;
    private const double IntervalMs = 10;

    public static IReadOnlyDictionary<string, string> Hashes { get; } = new Dictionary<string, string> { ["shop.orders"] = "10:1:a", ["shop.payments"] = "20:2:b" };

    public static IReadOnlyList<Operation> Operations { get; } = [.. Enumerable.Range(1, Writes).Select(Write)];

    public static BackupsRecord Proofs { get; } = new()
    {
        StartedUtc = DateTimeOffset.UnixEpoch,
        Seconds = 100,
        Cipher = "aes-256-cbc",
        Taken = [Taken("F", BackupKind.Full), Taken("I", BackupKind.Incremental), Taken("D", BackupKind.Differential)],
        Damaged = [],
        Archive = new ArchiveRecord("000000020000000000000009", true, true, 0.1, []),
        HistoryFile = "history.jsonl",
        Moments = [Moment("before-delete", 2000, 1), Moment("before-drop", 4000, 1), Moment("after-failover", 6000, 2), Moment("latest", 8000, 2)],
        Restores = [Restore("before-delete", true), Restore("before-drop", true), Restore("after-failover", true), Restore("latest", false)],
        Refusals = [new("too-early", true, "possible A", ["possible"]), new("too-late", true, "possible A", ["possible"]), new("damaged-file", true, "damaged F/1", ["F"])],
        Apart = new ApartRecord("pg-1 leads", "pg-1 leads", Hashes, Hashes, []),
        Disk = new DiskFullRecord(1, "WalArchivingFailing", 5, 3000, 5000, new ArchiveRecord("00000002000000000000000A", true, true, 0.2, [])),
        Loss = new LossRecord("SIGKILL", 10_000, 10_100, DateTimeOffset.UnixEpoch.AddSeconds(9), Restore("after-loss", false), 20, "lab"),
        NotCarriedOut = new Dictionary<string, string>(),
        Events = [new EventRecord(1, "full backup F"), new EventRecord(2500, "delete from backup_drill.invoices"), new EventRecord(9500, "before-delete: restored")],
    };

    public static BackupHistory Good { get; } = new(
        Proofs,
        Operations,
        new Dictionary<string, IReadOnlyList<long>>
        {
            ["before-delete.ids"] = Until(2000),
            ["before-drop.ids"] = Until(4000),
            ["after-failover.ids"] = Until(6000),
            ["latest.ids"] = Until(8500),
            ["after-loss.ids"] = Until(9000),
            ["lab"] = Until(9000),
        },
        IsTorn: false);

    /// <summary>Ids that were acknowledged by then.</summary>
    public static IReadOnlyList<long> Until(double ms) => [.. Operations.Where(o => o.EndedMs <= ms).Select(o => o.Id)];

    public static BackupHistory With(string file, IReadOnlyList<long> ids) => Good with { Restored = new Dictionary<string, IReadOnlyList<long>>(Good.Restored) { [file] = ids } };

    public static RestoreRecord Restore(string name, bool isToMoment) => new(name, isToMoment, 9000, 2.5, null, Hashes, name + ".ids", Archives: false);

    public static TakenRecord Taken(string label, BackupKind kind) => new(label, kind, 3, true, 100, 10);

    private static MomentRecord Moment(string name, double atMs, int timeline) => new(name, DateTimeOffset.UnixEpoch.AddMilliseconds(atMs), atMs, timeline, Hashes);

    private static Operation Write(int n) => new()
    {
        Id = n,
        Client = 0,
        ScheduledMs = n * IntervalMs,
        SentMs = n * IntervalMs,
        EndedMs = (n * IntervalMs) + 3,
        Outcome = Outcome.Acknowledged,
    };
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>restore-content: each restored cluster holds what was there at its moment, row for row, and nothing later.</summary>
/// <remarks>
/// Method: the content hash of every table was recorded at each moment, on the living database; it is computed again in the restored one. The
/// ledger, which is written all the time, is compared by id: acknowledged before the moment is there, sent after it is not.
/// </remarks>
public static class RestoredContent
{
    /// <summary>What has to be restored: everything, and each moment.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["latest", "before-delete", "before-drop", "after-failover"];

    private const string Objective = "equal to what was recorded";

    /// <summary>Fewer prove little on either side of a moment.</summary>
    private const int LeastWrites = 50;

    /// <summary>Judges all restores.</summary>
    public static Verdict Check(BackupHistory? history)
    {
        if (history is null)
        {
            return Verdict.Unknown("nothing was restored in this run", Objective);
        }

        var record = history.Record;
        List<string> wrongs = [], doubts = [];
        foreach (var restore in record.Restores)
        {
            Judge(history, restore, wrongs, doubts);
        }

        doubts.AddRange(Needed.Except(record.Restores.Select(r => r.Name)).Select(n => $"{n} was not restored"));
        if (history.IsTorn)
        {
            doubts.Add("the history lost its last line, so an outcome is missing");
        }

        var failed = record.Moments.FirstOrDefault(m => m.Name == "after-failover");
        if (failed is not null && record.Moments[0].Timeline >= failed.Timeline)
        {
            doubts.Add("no failover changed the timeline between the backup and the moment after it");
        }

        var good = record.Restores.Count(r => !wrongs.Exists(w => w.StartsWith(r.Name + ":", StringComparison.Ordinal)));
        var tables = record.Moments is [var first, ..] ? first.Hashes.Count : 0;
        return BatteryPart.Judge(
            Invariant($"{good} restores hold what was there at their moment: {tables} tables row for row, and the ledger to the write"),
            Objective,
            Invariant($"{good} of {Math.Max(record.Restores.Count, Needed.Count)} restores"),
            wrongs,
            doubts);
    }

    private static void Judge(BackupHistory history, RestoreRecord restore, List<string> wrongs, List<string> doubts)
    {
        if (restore.Error is { } error)
        {
            wrongs.Add($"{restore.Name}: could not be restored: {error}");
            return;
        }

        if (history.Record.Moments.FirstOrDefault(m => m.Name == restore.Name) is not { Hashes.Count: > 0 } moment)
        {
            doubts.Add($"{restore.Name}: what was there at its moment was not recorded");
            return;
        }

        wrongs.AddRange(moment.Hashes.Keys.Union(restore.Hashes.Keys).Order(StringComparer.Ordinal)
            .Where(t => moment.Hashes.GetValueOrDefault(t) != restore.Hashes.GetValueOrDefault(t))
            .Select(t => $"{restore.Name}: {t} is {restore.Hashes.GetValueOrDefault(t) ?? "absent"}, it was {moment.Hashes.GetValueOrDefault(t) ?? "absent"} (rows:sum:xor)"));
        if (restore.LedgerFile is not { } file || !history.Restored.TryGetValue(file, out var ids))
        {
            doubts.Add($"{restore.Name}: its ledger was not read");
            return;
        }

        var ledger = RestoredLedger.Of(history.Operations, ids, restore.IsToMoment ? moment.AtMs : null, moment.AtMs);
        wrongs.AddRange(ledger.Wrongs().Select(w => $"{restore.Name}: {w}"));
        if (ledger.Before < LeastWrites || (restore.IsToMoment && ledger.After < LeastWrites))
        {
            doubts.Add(Invariant($"{restore.Name}: {ledger.Before} writes were acknowledged before its moment and {ledger.After} after it; {LeastWrites} are needed on each side"));
        }
    }
}

using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>recovery-point and lab-after-loss: all members are lost at once with their data; what the repository held is all that comes back.</summary>
public static class RecoveryPoint
{
    /// <summary>Writes are acknowledged in nearly the order in which they are committed; further back, one that lacks between others is a hole.</summary>
    private const double OrderMs = 1000;

    /// <summary>Writes acknowledged in the last second of the lab, below which the loss was no loss.</summary>
    private const int LeastAtLoss = 20;

    /// <summary>How much was lost, in seconds before the loss.</summary>
    public static Verdict Check(BackupHistory? history, Objectives objectives)
    {
        var limit = (double)objectives.RecoveryPointSeconds;
        var objective = Invariant($"<= {limit:0.#} s, no hole");
        if (history?.Record.Loss is not { } loss)
        {
            return Verdict.Unknown(history?.Record.NotCarriedOut.GetValueOrDefault("total-loss") ?? "nothing was lost on purpose in this run", objective);
        }

        if (loss.Restore.Error is { } error)
        {
            return Verdict.Broken($"what was archived could not be restored: {error}", objective, "nothing");
        }

        if (loss.Restore.LedgerFile is not { } file || !history.Restored.TryGetValue(file, out var ids))
        {
            return Verdict.Unknown("the restored ledger was not read", objective);
        }

        var there = ids.ToHashSet();
        var acknowledged = history.Operations.Where(o => o.Outcome == Outcome.Acknowledged && o.EndedMs <= loss.AtMs).OrderBy(o => o.EndedMs).ToList();
        var lost = acknowledged.Where(o => !there.Contains(o.Id)).ToList();
        var point = lost.Count == 0 ? 0 : (loss.AtMs - lost[0].EndedMs) / 1000;
        var newest = acknowledged.LastOrDefault(o => there.Contains(o.Id))?.EndedMs ?? 0;
        var holes = lost.Count(o => o.EndedMs < newest - OrderMs);
        var attempted = history.Operations.Select(o => o.Id).ToHashSet();
        var strangers = there.Count(id => !attempted.Contains(id));
        List<string> wrongs = [];
        if (holes > 0)
        {
            wrongs.Add(Invariant($"{holes:N0} acknowledged writes are gone although later ones are there"));
        }

        if (strangers > 0)
        {
            wrongs.Add(Invariant($"{strangers:N0} writes are there that nobody made"));
        }

        return BatteryPart.Judge(
            Invariant($"all members were lost with their data: {acknowledged.Count - lost.Count:N0} of {acknowledged.Count:N0} acknowledged writes came back, those of the last {point:0.0} s did not"),
            objective,
            Invariant($"{point:0.0} s ({lost.Count:N0} writes)"),
            wrongs,
            acknowledged.Count(o => o.EndedMs > loss.AtMs - 1000) < LeastAtLoss
                ? [Invariant($"fewer than {LeastAtLoss} writes were acknowledged in the second before the loss, so little could be lost")]
                : [],
            point > limit ? [Invariant($"{lost.Count:N0} acknowledged writes of the last {point:0.0} s are gone")] : []);
    }

    /// <summary>Whether the lab came back on its own addresses, with the same writes.</summary>
    public static Verdict CheckLab(BackupHistory? history)
    {
        const string Objective = "whole again, same writes";
        if (history?.Record.Loss is not { } loss)
        {
            return Verdict.Unknown(history?.Record.NotCarriedOut.GetValueOrDefault("total-loss") ?? "nothing was lost on purpose in this run", Objective);
        }

        if (loss.LabBackSeconds is not { } seconds)
        {
            return Verdict.Broken("the lab was not made whole again from the repository", Objective, "never");
        }

        if (loss.LabLedgerFile is not { } lab || loss.Restore.LedgerFile is not { } restore
            || !history.Restored.TryGetValue(lab, out var inLab) || !history.Restored.TryGetValue(restore, out var inRestore))
        {
            return Verdict.Unknown("the ledgers of the lab and of the restored cluster were not both read", Objective);
        }

        var differing = inLab.Except(inRestore).Concat(inRestore.Except(inLab)).Count();
        return differing > 0
            ? Verdict.Broken(Invariant($"the lab and the restored cluster differ in {differing:N0} writes although both come from one repository"), Objective, Invariant($"{differing:N0} differ"))
            : Verdict.Holds(Invariant($"three members stream again {seconds:0.0} s after all were lost, with the same {inLab.Count:N0} writes"), Objective, Invariant($"{seconds:0.0} s"));
    }
}

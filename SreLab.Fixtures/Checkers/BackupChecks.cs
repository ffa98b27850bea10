using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>What is judged on backups beside the content of restores.</summary>
public static class BackupChecks
{
    private const string Nothing = "no backup was taken in this run";

    /// <summary>backup-complete: full, incremental and differential, from a standby, encrypted, no file damaged.</summary>
    public static Verdict Complete(BackupsRecord? record)
    {
        const string Objective = "each kind, from a standby, encrypted";
        if (record is null)
        {
            return Verdict.Unknown(Nothing, Objective);
        }

        var missing = Enum.GetValues<BackupKind>().Except(record.Taken.Select(t => t.Kind)).Where(k => !record.NotOffered.ContainsKey(TakenRecord.NameOf(k))).ToList();
        return BatteryPart.Judge(
            Invariant($"{record.Taken.Count} backups were taken from a standby, the first in {(record.Taken is [var first, ..] ? first.Seconds : 0):0.0} s; no file of the repository is damaged{Without(record, Enum.GetValues<BackupKind>().Select(TakenRecord.NameOf))}"),
            Objective,
            string.Join(", ", record.Taken.Select(t => Invariant($"{t.Kind.ToString().ToLowerInvariant()} {t.Seconds:0.0} s"))),
            [
                .. record.Taken.Where(t => !t.IsFromStandby).Select(t => $"{t.Label} was copied from the primary although standbys were healthy"),
                .. record.Cipher == "none" ? ["the repository is not encrypted"] : Array.Empty<string>(),
                .. record.Damaged.Select(d => $"damaged before anybody touched it: {d}"),
            ],
            [.. missing.Select(k => $"no {k.ToString().ToLowerInvariant()} backup was taken")]);
    }

    /// <summary>archive-true: what PostgreSQL calls archived is in the repository, without a gap.</summary>
    public static Verdict ArchiveTrue(BackupsRecord? record)
    {
        const string Objective = "in the repository, no gap";
        if (record is null)
        {
            return Verdict.Unknown(Nothing, Objective);
        }

        var archive = record.Archive;
        return BatteryPart.Judge(
            Invariant($"segment {archive.Segment} was in the repository {archive.Seconds:0.0} s after it was ended, and none before it is missing"),
            Objective,
            Invariant($"{archive.Seconds:0.0} s"),
            [
                .. archive.PostgresSaysSo && !archive.IsThere ? [$"PostgreSQL says that segment {archive.Segment} is archived, and the repository does not have it"] : Array.Empty<string>(),
                .. !archive.PostgresSaysSo ? [Invariant($"segment {archive.Segment} was not archived within {archive.Seconds:0} s")] : Array.Empty<string>(),
                .. archive.Missing.Select(m => $"the repository lacks segment {m} although it has later ones"),
            ],
            []);
    }

    /// <summary>restore-in-time: from the command to the first accepted query.</summary>
    public static Verdict InTime(BackupsRecord? record, Objectives objectives)
    {
        var limit = (double)objectives.RecoveryTimeSeconds;
        var objective = Invariant($"<= {limit:0.#} s");
        if (record is null)
        {
            return Verdict.Unknown(Nothing, objective);
        }

        var restores = record.Loss is { } loss ? [.. record.Restores, loss.Restore] : record.Restores;
        var timed = restores.Where(r => r.Seconds is not null).OrderByDescending(r => r.Seconds).ToList();
        return timed is not [var worst, ..]
            ? Verdict.Unknown("no restore came to its end", objective)
            : BatteryPart.Judge(
                Invariant($"{timed.Count} restores accepted their first query in time; worst {worst.Name}"),
                objective,
                Invariant($"{worst.Seconds:0.0} s"),
                [],
                [.. restores.Where(r => r.Seconds is null).Select(r => $"{r.Name} never accepted a query")],
                [.. timed.Where(r => r.Seconds > limit).Select(r => Invariant($"{r.Name} accepted its first query after {r.Seconds:0.0} s"))]);
    }

    /// <summary>restore-refused: what cannot be right is refused, with the words that help.</summary>
    public static Verdict Refused(BackupsRecord? record)
    {
        const string Objective = "refused, saying why";
        if (record is null)
        {
            return Verdict.Unknown(Nothing, Objective);
        }

        return BatteryPart.Judge(
            Invariant($"{record.Refusals.Count} restores were refused, each saying which file or which range{Without(record, RefusalRecord.All)}"),
            Objective,
            Invariant($"{record.Refusals.Count(r => r.WasRefused)} of {record.Refusals.Count}"),
            [
                .. record.Refusals.Where(r => !r.WasRefused).Select(r => $"{r.Name}: was restored all the same"),
                .. record.Refusals.Where(r => r.WasRefused).SelectMany(r => r.MustSay.Where(w => !r.Said.Contains(w, StringComparison.Ordinal)).Select(w => $"{r.Name}: does not say '{w}': {r.Said.Split('\n')[0]}")),
            ],
            [.. RefusalRecord.All.Except(record.NotOffered.Keys).Except(record.Refusals.Select(r => r.Name)).Select(n => $"{n} was not tried{(record.NotCarriedOut.TryGetValue(n, out var why) ? ": " + why : "")}")]);
    }

    /// <summary>restore-apart: the lab beside which restores ran was not touched.</summary>
    public static Verdict Apart(BackupsRecord? record)
    {
        const string Objective = "same members, same content";
        if (record is null)
        {
            return Verdict.Unknown(Nothing, Objective);
        }

        var apart = record.Apart;
        return BatteryPart.Judge(
            Invariant($"{record.Restores.Count} clusters were restored beside the lab, which stayed as it was, {apart.HashesAfter.Count} tables equal"),
            Objective,
            Invariant($"{apart.HashesAfter.Count} tables equal"),
            [
                .. apart.Before != apart.After ? [$"the lab was '{apart.Before}' and is '{apart.After}'"] : Array.Empty<string>(),
                .. apart.HashesBefore.Keys.Union(apart.HashesAfter.Keys).Where(t => apart.HashesBefore.GetValueOrDefault(t) != apart.HashesAfter.GetValueOrDefault(t)).Select(t => $"{t} of the lab changed"),
                .. record.Restores.Where(r => r.Archives).Select(r => $"{r.Name} archives WAL between the lab's"),
                .. apart.LeftBehind.Select(n => $"{n} was not removed"),
            ],
            apart.HashesBefore.Count == 0 || record.Restores.Count == 0 ? ["nothing was restored, or the lab's content was not read"] : []);
    }

    /// <summary>archive-disk-full: a full disk of the repository is told, loses nothing, and ends by itself when there is room.</summary>
    public static Verdict DiskFull(BackupsRecord? record, int acknowledgedMeanwhile)
    {
        const string Objective = "alert, no loss, recovers";
        if (record?.Disk is not { } disk)
        {
            return Verdict.Unknown(record?.NotCarriedOut.GetValueOrDefault("disk-full") ?? Nothing, Objective);
        }

        return BatteryPart.Judge(
            Invariant($"{disk.Alert} came {disk.AlertAfterSeconds:0.0} s after the repository's disk was full, {acknowledgedMeanwhile:N0} writes were acknowledged meanwhile, and {disk.After.Segment} was archived {disk.After.Seconds:0.0} s after there was room"),
            Objective,
            Invariant($"alert after {disk.AlertAfterSeconds:0.0} s"),
            [
                .. disk.AlertAfterSeconds is null ? [$"{disk.Alert} was not delivered although nothing could be archived"] : Array.Empty<string>(),
                .. !disk.After.IsThere ? ["archiving did not go on when there was room again"] : Array.Empty<string>(),
                .. disk.After.Missing.Select(m => $"the repository lacks segment {m}"),
                .. acknowledgedMeanwhile == 0 ? ["no write was acknowledged while the repository's disk was full"] : Array.Empty<string>(),
            ],
            disk.FailedAfterSeconds is null ? ["archiving never failed, so the disk was not full"] : []);
    }

    /// <summary>What this target does not have, so that nobody takes the rest for all of it.</summary>
    private static string Without(BackupsRecord record, IEnumerable<string> names) =>
        string.Concat(names.Where(record.NotOffered.ContainsKey).Select(n => $"; without {n}: {record.NotOffered[n]}"));
}

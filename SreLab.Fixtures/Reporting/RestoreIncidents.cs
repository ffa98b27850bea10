using System.Text;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>One page for each restore, as an engineer would send it round: every line comes from the run's record.</summary>
internal static class RestoreIncidents
{
    private static readonly Dictionary<string, (string Cause, string Impact)> Stories = new(StringComparer.Ordinal)
    {
        ["latest"] = ("none: a restore of everything that was archived", "nothing was lost in the lab"),
        ["before-delete"] = ("a DELETE without a WHERE", "a table was empty from then on"),
        ["before-drop"] = ("a DROP TABLE while clients wrote", "a table was gone from then on"),
        ["after-failover"] = ("a table written by mistake, after the primary had been killed and the timeline had changed", "the table was there from then on"),
        ["after-loss"] = ("all members died at once, with their data and the consensus store", "every write and read failed until the lab was made again"),
    };

    /// <summary>Writes them beside the record.</summary>
    public static async Task WriteAsync(BackupsRecord record, RunStore store, CancellationToken ct)
    {
        var restores = record.Loss is { } loss ? [.. record.Restores, loss.Restore] : record.Restores;
        foreach (var restore in restores)
        {
            await File.WriteAllTextAsync(store.PathOf($"{Stages.Backup}/incident-{restore.Name}.md"), Write(record, restore), ct);
        }
    }

    /// <summary>One page.</summary>
    internal static string Write(BackupsRecord record, RestoreRecord restore)
    {
        var (cause, impact) = Stories.GetValueOrDefault(restore.Name, ("not recorded", "not recorded"));
        var moment = record.Moments.FirstOrDefault(m => m.Name == restore.Name);
        var page = new StringBuilder();
        page.Append(Invariant($"# Restore: {restore.Name}\n\n## Summary\n"));
        page.Append(restore.Seconds is { } seconds
            ? Invariant($"{restore.Hashes.Count} tables were restored into a new cluster, which accepted its first query {seconds:0.0} s after the command.\n")
            : $"The restore failed: {restore.Error?.Split('\n')[0]}\n");
        page.Append(Invariant($"\n## Impact\n{impact}. "));
        if (record.Loss is { } loss && restore == loss.Restore)
        {
            page.Append(Invariant($"The last commit in the repository was {(record.StartedUtc.AddMilliseconds(loss.AtMs) - loss.LastArchivedUtc).TotalSeconds:0.0} s old when the members died. "));
            page.Append(loss.LabBackSeconds is { } back ? Invariant($"The lab was whole again after {back:0.0} s.") : "The lab was not made whole again.");
        }

        page.Append("\n\n## Root cause\n").Append(cause).Append(".\n\n## Timeline\n");
        var table = new MarkdownTable("s>", "what");
        var destroyedMs = moment is null ? 0 : record.Events.Where(e => e.AtMs > moment.AtMs).Select(e => e.AtMs).DefaultIfEmpty(moment.AtMs).Min();
        foreach (var e in record.Events.Where(e => IsOf(e, restore, destroyedMs)))
        {
            table.Row(Invariant($"{e.AtMs / 1000:0.0}"), e.What);
        }

        page.Append(table).Append(Invariant($"\nSource: `{EvidenceFiles.Backups}` (events), `{record.HistoryFile}` (clients), `logs/restored-{restore.Name}.log` of the lab (server).\n"));
        page.Append("\n## How to repeat\n```\nmake backup\n");
        page.Append(restore.IsToMoment && moment is not null ? Invariant($"make restore INTO={restore.Name} TIME={moment.AtUtc:yyyy-MM-ddTHH:mm:ss.fffZ}\n") : $"make restore INTO={restore.Name}\n");
        return page.Append("```\n").ToString();
    }

    /// <summary>From the backups to what came right after the moment, and the restore itself.</summary>
    private static bool IsOf(EventRecord e, RestoreRecord restore, double destroyedMs) =>
        e.AtMs <= (restore.IsToMoment && destroyedMs > 0 ? destroyedMs : restore.StartedMs)
        || e.What.StartsWith(restore.Name, StringComparison.Ordinal)
        || (!restore.IsToMoment && e.What.StartsWith("the lab is whole", StringComparison.Ordinal));
}

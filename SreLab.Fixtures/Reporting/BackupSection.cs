using System.Text;
using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>Backups in a few lines: how long they and their restores took, what a loss of everything costs.</summary>
internal static class BackupSection
{
    internal static void Append(StringBuilder page, RunEvidence evidence)
    {
        page.Append("\n## Backups\n");
        if (evidence.Backups is not { } record)
        {
            page.Append(Invariant($"Unknown: {evidence.WhyMissing(EvidenceFiles.Backups)}.\n"));
            return;
        }

        page.Append(string.Join(", ", record.Taken.Select(t => Invariant($"{t.Kind.ToString().ToLowerInvariant()} {Figures.Seconds(t.Seconds)} ({t.RepositoryBytes / 1e6:0.0} MB)"))))
            .Append(Invariant($", {record.Cipher}. Restored into new clusters: "))
            .Append(string.Join(", ", record.Restores.Select(r => r.Seconds is { } s ? $"{r.Name} {Figures.Seconds(s)}" : $"**{r.Name} failed**")))
            .Append(". ");
        if (record.Loss is { } loss)
        {
            page.Append(loss.Restore.Seconds is { } seconds ? $"All members lost with their data: restored in {Figures.Seconds(seconds)}" : "All members lost with their data: **not restored**")
                .Append(loss.LabBackSeconds is { } back ? $", the lab itself whole again after {Figures.Seconds(back)}" : "")
                .Append(". ");
        }

        page.Append("An incident report each: `70-backup/incident-*.md` of the run.\n");
    }
}

using System.Text;
using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>The commands that repeat this run, with its own settings.</summary>
internal static class RepeatSection
{
    private static readonly (string Setting, string Variable)[] Variables =
        [("rows", "ROWS"), ("seed", "SEED"), ("benchSeconds", "BENCH_SECONDS"), ("clients", "CLIENTS")];

    internal static void Append(StringBuilder page, RunEvidence evidence)
    {
        page.Append("\n## Repeat it\n");
        if (evidence.Run is not { } run)
        {
            page.Append(Invariant($"Unknown: {evidence.WhyMissing(EvidenceFiles.Run)}.\n"));
            return;
        }

        var settings = Variables.Where(v => run.Settings.ContainsKey(v.Setting)).Select(v => $" {v.Variable}={run.Settings[v.Setting]}");
        var checkout = run.Commit == "unknown" ? "" : $"git checkout {run.Commit.Replace("-dirty", "", StringComparison.Ordinal)} && ";
        page.Append(Invariant($"`{checkout}make lab TARGET={run.Target} PROFILE={run.Profile}{string.Concat(settings)}`; "));
        page.Append(Invariant($"judge the stored run again: `make judge RUN=runs/{run.Id}`."));
        if (run.Commit.EndsWith("-dirty", StringComparison.Ordinal))
        {
            page.Append(" The tree had changes that no commit holds.");
        }

        page.Append('\n');
    }
}

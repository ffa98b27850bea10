using System.Text;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>The workloads, shortened: what clients saw, which defects were told apart, how the money came out; a table only of what was not.</summary>
internal static class WorkloadSection
{
    /// <summary>The whole matrix, in the run's folder.</summary>
    public const string TableFile = "55-workloads/defects.md";

    internal static void Append(StringBuilder page, RunEvidence evidence, Objectives objectives)
    {
        page.Append("\n## Workloads\n");
        if (evidence.Battery is null && evidence.Defects is null && evidence.Payments is null)
        {
            page.Append(Invariant($"Unknown: {evidence.WhyMissing(EvidenceFiles.Battery)}.\n"));
            return;
        }

        if (evidence.Battery is { Load: { } load } battery)
        {
            page.Append(Invariant($"{load.Requests:N0} requests through the load balancer: p99 {Figures.Milliseconds(load.P99Ms)}, {load.Failed} failed; "))
                .Append(battery.Restart is { } restart ? Invariant($"{restart.Load.Failed} of {restart.Load.Requests:N0} while {restart.Instances.Count} instances restarted. ") : "no restart was seen. ");
        }

        AppendPayments(page, evidence.Payments);
        if (evidence.Defects is { } defects)
        {
            AppendDefects(page, defects, objectives);
        }
    }

    /// <summary>Every defect with what it broke, beside what it must break.</summary>
    internal static string Whole(DefectsRecord record, Objectives objectives)
    {
        var table = NewTable();
        Row(table, record.Control, record.Control, objectives);
        foreach (var battery in record.Batteries)
        {
            Row(table, battery, record.Control, objectives);
        }

        foreach (var (defect, reason) in record.NotCarriedOut)
        {
            table.Row(defect, "", "not carried out", reason);
        }

        return $"# Defects of the workloads, and what told them apart\n\nEach was deployed on one instance and looked at with the same probes; the judges were not told which.\n\n{table}";
    }

    private static void AppendPayments(StringBuilder page, PaymentsRecord? payments)
    {
        if (payments is not null)
        {
            page.Append(Invariant($"{payments.Run.Paid:N0} of {payments.Asked:N0} invoices paid in {Figures.Seconds(payments.Seconds)} through {payments.Faults.Count(f => f.Landed)} kills and {payments.Injected504:N0} injected 504; {payments.Replays:N0} calls were answered from the provider's memory. "));
        }
    }

    private static void AppendDefects(StringBuilder page, DefectsRecord record, Objectives objectives)
    {
        var named = record.Batteries.Where(b => DefectsToldApart.Diagnose(b, record.Control, objectives).Named is [var one] && one == b.Defect).ToList();
        page.Append(Invariant($"{named.Count} of {record.Known.Count} planted defects told apart by what they broke (`{TableFile}` of the run).\n"));
        var others = record.Batteries.Except(named).ToList();
        if (others.Count == 0)
        {
            return;
        }

        var table = NewTable();
        foreach (var battery in others)
        {
            Row(table, battery, record.Control, objectives);
        }

        page.Append('\n').Append(table);
    }

    private static MarkdownTable NewTable() => new("defect", "breaks", "must break", "looks like", "shown by", "seconds>");

    private static void Row(MarkdownTable table, BatteryRecord battery, BatteryRecord control, Objectives objectives)
    {
        var diagnosis = DefectsToldApart.Diagnose(battery, control, objectives);
        var signature = DefectCatalogue.All.FirstOrDefault(s => s.Defect == battery.Defect);
        table.Row(
            battery.Defect.Length > 0 ? battery.Defect : "none",
            List(diagnosis.Broken) + (diagnosis.Undecided.Count > 0 ? $"; unknown {List(diagnosis.Undecided)}" : ""),
            List(signature?.Breaks ?? []),
            List(diagnosis.Named),
            signature?.ShownBy ?? "",
            Invariant($"{battery.Seconds:0}"));
    }

    private static string List(IReadOnlyList<string> items) => items.Count == 0 ? "nothing" : string.Join(", ", items);
}

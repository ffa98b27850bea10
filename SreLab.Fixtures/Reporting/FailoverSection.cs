using System.Text;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>Every fault with its outage split into phases, worst first; the timeline of the worst.</summary>
internal static class FailoverSection
{
    // Beyond this many repeats of a kind the rest are one row: the page stays a page.
    private const int RowsPerKind = 5;
    private const int MaximumEvents = 8;
    private const int MaximumEventLength = 60;

    internal static void Append(StringBuilder page, RunEvidence evidence, IReadOnlyList<FaultReading> readings)
    {
        page.Append("\n## Failover under load\n");
        if (readings.Count == 0)
        {
            page.Append(Invariant($"Unknown: {evidence.WhyMissing(EvidenceFiles.Failover)}.\n"));
            return;
        }

        var table = new MarkdownTable("fault", "outage>", "detect>", "promote>", "reroute>", "lease left>", "old -> new primary", "timeline", "acknowledged>", "indeterminate>", "refused>");
        foreach (var kind in readings.GroupBy(r => r.Fault.Kind).Select(g => WorstFirst(g).ToList()).OrderByDescending(g => g[0].Badness))
        {
            kind.Take(RowsPerKind).ToList().ForEach(r => AppendRow(table, r));
            if (kind.Count > RowsPerKind)
            {
                table.Row(Invariant($"{kind[0].Fault.Kind}, {kind.Count - RowsPerKind} more"), $"{kind[^1].Outage} to {kind[RowsPerKind].Outage}");
            }
        }

        page.Append(table);
        page.Append(Invariant($"\nWorst, {WorstFirst(readings).First().Name}: {Timeline(WorstFirst(readings).First())}.\n"));
    }

    private static IEnumerable<FaultReading> WorstFirst(IEnumerable<FaultReading> readings) => readings.OrderByDescending(r => r.Badness);

    private static void AppendRow(MarkdownTable table, FaultReading r)
    {
        var fault = r.Fault;
        table.Row(
            r.Name,
            r.Outage,
            Phase(r.Measure?.DetectSeconds),
            Phase(r.Measure?.PromoteSeconds),
            Phase(r.Measure?.RerouteSeconds),
            fault.LeaseLeftSeconds is { } lease ? Figures.Seconds(lease) : "unknown",
            $"{fault.OldPrimary} -> {fault.NewPrimary}",
            $"{Branch(fault.TimelineBefore)} -> {Branch(fault.TimelineAfter)}",
            Number(r, Outcome.Acknowledged),
            Number(r, Outcome.Indeterminate),
            Number(r, Outcome.Refused));
    }

    private static string Short(string what) => what.Length <= MaximumEventLength ? what : $"{what[..MaximumEventLength].TrimEnd()} ...";

    private static string Branch(int timeline) => timeline == 0 ? "unknown" : Figures.Count(timeline);

    private static string Phase(double? seconds) => seconds is { } s ? Figures.Seconds(s) : "unknown";

    private static string Number(FaultReading reading, Outcome outcome) => reading.History is null ? "unknown" : Figures.Count(reading.History!.Operations.Count(o => o.Outcome == outcome));

    private static string Timeline(FaultReading reading)
    {
        var fault = reading.Fault;
        var events = fault.Events.Where(e => e.AtMs >= fault.InjectedMs).Select(e => (e.AtMs, e.What)).ToList();
        if (reading.Measure?.FromMs is { } last)
        {
            events.Add((last, "last acknowledged write"));
        }

        if (reading.FirstAckMs is { } first)
        {
            events.Add((first, "first acknowledged write"));
        }

        return string.Join(" · ", events.OrderBy(e => e.AtMs).Take(MaximumEvents).Select(e => $"{Figures.Offset(e.AtMs - fault.InjectedMs)} {Short(e.What)}"));
    }
}

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
    private const int MaximumEvents = 10;

    internal static void Append(StringBuilder page, RunEvidence evidence, IReadOnlyList<OutageReading> readings)
    {
        page.Append("\n## Failover under load\n");
        if (readings.Count == 0)
        {
            page.Append(Invariant($"Unknown: {evidence.WhyMissing(EvidenceFiles.Failover)}.\n"));
            return;
        }

        var table = new MarkdownTable("fault", "outage>", "detect>", "promote>", "reroute>", "lease left>", "old -> new primary", "timeline", "acknowledged>", "indeterminate>", "refused>");
        foreach (var kind in readings.GroupBy(r => r.Fault.Kind).Select(g => WorstFirst(g).ToList()).OrderByDescending(g => Weight(g[0])))
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

    private static IEnumerable<OutageReading> WorstFirst(IEnumerable<OutageReading> readings) => readings.OrderByDescending(Weight);

    // Nothing is worse than an outage that could not be measured or did not end.
    private static double Weight(OutageReading reading) =>
        reading.OutageMs is { } ms && reading.FirstAckMs is not null ? ms : double.MaxValue;

    private static void AppendRow(MarkdownTable table, OutageReading r)
    {
        var fault = r.Fault;
        table.Row(
            r.Name,
            r.Outage,
            Phase(fault.InjectedMs, fault.NewLeaderMs),
            Phase(fault.NewLeaderMs, fault.PromotedMs),
            Phase(fault.PromotedMs, r.FirstAckMs),
            fault.LeaseLeftSeconds is { } lease ? Figures.Seconds(lease) : "unknown",
            $"{fault.OldPrimary} -> {fault.NewPrimary}",
            Invariant($"{fault.TimelineBefore} -> {fault.TimelineAfter}"),
            Number(r, Outcome.Acknowledged),
            Number(r, Outcome.Indeterminate),
            Number(r, Outcome.Refused));
    }

    private static string Phase(double? from, double? to) => to - from is { } ms ? Figures.Seconds(ms / 1000) : "unknown";

    private static string Number(OutageReading reading, Outcome outcome) => Figures.Count(reading.Operations.Count(o => o.Outcome == outcome));

    private static string Timeline(OutageReading reading)
    {
        var fault = reading.Fault;
        var events = fault.Events.Where(e => e.AtMs >= fault.InjectedMs).Select(e => (e.AtMs, e.What)).ToList();
        if (reading.LastAckMs is { } last)
        {
            events.Add((last, "last acknowledged write"));
        }

        if (reading.FirstAckMs is { } first)
        {
            events.Add((first, "first acknowledged write"));
        }

        return string.Join(" · ", events.OrderBy(e => e.AtMs).Take(MaximumEvents).Select(e => $"{Figures.Offset(e.AtMs - fault.InjectedMs)} {e.What}"));
    }
}

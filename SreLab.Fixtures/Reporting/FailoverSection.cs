using System.Text;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>Every kind of fault with its worst outage split into phases, worst first; the timeline of the worst. Each fault has an incident report for the rest.</summary>
internal static class FailoverSection
{
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

        var table = new MarkdownTable("fault", "times>", "worst outage>", "median>", "defaults>", "detect>", "promote>", "reroute>", "lease left>", "primary", "acknowledged>", "indeterminate>", "refused>");
        foreach (var kind in readings.GroupBy(r => r.Fault.Kind).Select(g => WorstFirst(g).ToList()).OrderByDescending(g => g[0].Badness))
        {
            AppendRow(table, kind, Defaults(evidence, kind[0].Fault.Kind));
        }

        page.Append(table);
        page.Append(DefaultsNote(evidence));
        page.Append("\nEach fault has an incident report beside its evidence: `incident-<fault>-<number>.md`.\n");
        page.Append(Invariant($"Worst, {WorstFirst(readings).First().Name}: {Timeline(WorstFirst(readings).First())}.\n"));
    }

    private static ComparedOutage? Defaults(RunEvidence evidence, string kind) => evidence.DefaultTimings?.Outages.FirstOrDefault(o => o.Kind == kind);

    private static string DefaultsNote(RunEvidence evidence) => evidence.DefaultTimings is { } timings
        ? Invariant($"\nDefaults: median with Patroni's default timings (ttl 30, loop_wait 10, retry_timeout 10, primary_start_timeout 300), where they decide, interleaved with ours in {string.Join(", ", timings.Outages.Select(o => $"`runs/compare/{o.Source}`").Distinct())}: ")
            + string.Join(", ", timings.Outages.Select(o => Invariant($"{FaultCatalogue.Find(o.Kind)?.Title ?? o.Kind} {Figures.Seconds(o.OursSeconds)} beside {Figures.Seconds(o.DefaultsSeconds)} ({o.Pairs} pairs, {o.Verdict})"))) + ".\n"
        : "\nDefaults: not measured beside this run; `make compare` does.\n";

    private static IEnumerable<FaultReading> WorstFirst(IEnumerable<FaultReading> readings) => readings.OrderByDescending(r => r.Badness);

    private static void AppendRow(MarkdownTable table, List<FaultReading> kind, ComparedOutage? defaults)
    {
        var r = kind[0];
        var fault = r.Fault;
        table.Row(
            FaultCatalogue.Find(fault.Kind)?.Title ?? fault.Kind,
            Figures.Count(kind.Count),
            r.Outage,
            kind[kind.Count / 2].Outage,
            defaults is null ? "" : Figures.Seconds(defaults.DefaultsSeconds),
            Phase(r.Measure?.DetectSeconds),
            Phase(r.Measure?.PromoteSeconds),
            Phase(r.Measure?.RerouteSeconds),
            fault.LeaseLeftSeconds is { } lease ? Figures.Seconds(lease) : "unknown",
            fault.OldPrimary == fault.NewPrimary && fault.TimelineBefore == fault.TimelineAfter ? $"{fault.OldPrimary} stays" : $"{fault.OldPrimary} -> {fault.NewPrimary}",
            Number(kind, Outcome.Acknowledged),
            Number(kind, Outcome.Indeterminate),
            Number(kind, Outcome.Refused));
    }

    private static string Short(string what) => what.Length <= MaximumEventLength ? what : $"{what[..MaximumEventLength].TrimEnd()} ...";

    private static string Phase(double? seconds) => seconds is { } s ? Figures.Seconds(s) : "";

    private static string Number(List<FaultReading> kind, Outcome outcome) =>
        kind.Exists(r => r.History is null) ? "unknown" : Figures.Count(kind.Sum(r => r.History!.Operations.Count(o => o.Outcome == outcome)));

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

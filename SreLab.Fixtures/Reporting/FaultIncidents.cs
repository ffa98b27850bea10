using System.Text;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>One page for each fault, as an engineer would send it round: every line comes from the fault's evidence.</summary>
internal static class FaultIncidents
{
    /// <summary>Writes a page for every fault of a run beside its record.</summary>
    public static async Task WriteAsync(RunStore store, Objectives objectives, CancellationToken ct)
    {
        foreach (var history in FaultHistory.LoadAll(store))
        {
            await WriteAsync(store, history, objectives, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the page of one fault.</summary>
    public static async Task WriteAsync(RunStore store, FaultHistory history, Objectives objectives, CancellationToken ct) =>
        await File.WriteAllTextAsync(store.PathOf(FileOf(history.Record)), Write(history, objectives), ct).ConfigureAwait(false);

    /// <summary>Where a fault's page lies, relative to the run: beside the fault's folder.</summary>
    internal static string FileOf(FaultRecord fault) => Invariant($"{Path.GetDirectoryName(EvidenceFiles.FolderOf(fault))}/incident-{fault.Kind}-{fault.Repeat}.md");

    /// <summary>One page.</summary>
    internal static string Write(FaultHistory history, Objectives objectives)
    {
        var fault = history.Record;
        var measure = history.Operations.Count == 0 ? null : WriteOutage.Measure(history);
        var count = WriteCount.Of(history);
        var page = new StringBuilder();
        page.Append(Invariant($"# Incident: {history.Name}\n\n## Summary\n"));
        page.Append(WhatHappened(fault));
        page.Append(Invariant($"Clients could not write for {measure?.Text ?? "an unknown time"}. {count.Lost.Count} of {count.Acknowledged:N0} acknowledged writes were lost.\n"));
        AppendImpact(page, history, count, objectives);
        page.Append(Invariant($"\n## Root cause\nInjected: {fault.Signalled}.\n\n## Timeline\n"));
        page.Append(Timeline(fault, measure));
        page.Append("\n## What limited it\n").Append(measure is null ? "Unknown: no write was acknowledged before the fault.\n" : Limits(fault, measure));
        page.Append("\n## Logs\n").Append(Logs(history));
        page.Append(Invariant($"\n## How to repeat\n```\n{Repeat(fault)}\nmake judge RUN=<this run's folder>\n```\n"));
        return page.ToString();
    }

    private static void AppendImpact(StringBuilder page, FaultHistory history, WriteCount count, Objectives objectives)
    {
        page.Append("\n## Impact\n");
        if (history.Operations.Count == 0)
        {
            page.Append("Unknown: no write was recorded.\n");
            return;
        }

        var cost = FaultCost.Of(history, objectives);
        page.Append(Invariant($"{cost.Availability.Bad:N0} of {cost.Availability.Operations:N0} writes failed or came after their deadline ({history.Header.DeadlineMs / 1000:0.#} s): "));
        page.Append(Invariant($"{count.Refused:N0} were refused, {count.Indeterminate:N0} got no answer, of which {count.Recovered:N0} are in the database, and {Math.Max(0, cost.Availability.Bad - count.Refused - count.Indeterminate):N0} came late. "));
        page.Append(Invariant($"That is {cost.ShareOfPeriod:0.00 %} of the error budget of {objectives.ServiceLevels.PeriodDays} days at this rate of traffic; the burn rate peaked at {cost.PeakBurnRate:N0}.\n"));
    }

    private static string WhatHappened(FaultRecord fault)
    {
        var leads = fault.NewPrimary == fault.OldPrimary ? "" : $"; {fault.NewPrimary} took over";
        return fault.Kind is not (FaultKinds.KillPostmaster or FaultKinds.KillMember) && FaultCatalogue.Find(fault.Kind) is { } entry
            ? Invariant($"{char.ToUpperInvariant(entry.Title[0])}{entry.Title[1..]} ({fault.Victim}): {entry.What}. {fault.OldPrimary} was the primary{(leads.Length > 0 ? leads : " and leads still")}. ")
            : Invariant($"{fault.OldPrimary}, the primary, was lost{leads}. ");
    }

    private static string Repeat(FaultRecord fault) => FaultCatalogue.Find(fault.Kind) is { IsPlanned: true } ? "make switchover"
        : fault.Kind is FaultKinds.KillPostmaster or FaultKinds.KillMember ? Invariant($"make failover KILLS={fault.Repeat}") : "make failover";

    /// <summary>Where what was logged meanwhile lies, in the run's folder.</summary>
    private static string Logs(FaultHistory history)
    {
        var servers = history.Logs?.Record.Members.Select(m => m.File).OfType<string>() ?? [];
        var programs = history.ProgramLogs?.Programs.Where(p => p.File is not null).ToList() ?? [];
        var leftOut = programs.Where(p => p.LeftOut > 0).Select(p => p.Program).ToList();
        List<string> lines =
        [
            servers.Any() ? $"PostgreSQL: {string.Join(", ", servers.Select(f => $"`{f}`"))}." : "PostgreSQL: none was captured.",
            programs.Count == 0 ? "Cluster manager, consensus store, proxies: none was captured."
                : $"Around it, without secrets: {string.Join(", ", programs.Select(p => $"`{p.File}`"))}.",
        ];
        return string.Join('\n', leftOut.Count == 0 ? lines : lines.Append($"Too long to be kept whole: {string.Join(", ", leftOut)}.")) + "\n";
    }

    private static MarkdownTable Timeline(FaultRecord fault, OutageMeasure? measure)
    {
        var record = $"{fault.Kind}-{fault.Repeat}/{EvidenceFiles.FaultFileName}";
        var events = fault.Events.Where(e => e.AtMs >= fault.InjectedMs).Select(e => (e.AtMs, e.What, Source: record)).ToList();
        if (measure is not null)
        {
            events.Add((measure.FromMs, "last acknowledged write", fault.HistoryFile));
            events.AddRange(measure.IsCensored ? [] : [(measure.ToMs, "first acknowledged write", fault.HistoryFile)]);
        }

        var table = new MarkdownTable("after the fault>", "what", "source");
        foreach (var (atMs, what, source) in events.OrderBy(e => e.AtMs))
        {
            table.Row(Figures.Offset(atMs - fault.InjectedMs), what, $"`{source}`");
        }

        return table;
    }

    /// <summary>The longest part of the outage, and what that part is made of.</summary>
    private static string Limits(FaultRecord fault, OutageMeasure measure)
    {
        (string Part, double? Seconds, string Why)[] parts =
        [
            ("Detection", measure.DetectSeconds, fault.LeaseLeftSeconds is { } lease && fault.Kind == FaultKinds.KillMember
                ? Invariant($"Nobody may take over before the dead leader's lease runs out: {lease:0.0} s of {fault.TtlSeconds:0} s were left. A shorter ttl shortens it, and loses the lead to every pause of that length.")
                : Invariant($"The cluster manager sees it within one loop_wait ({fault.LoopWaitSeconds:0.#} s), gives the lease back, and a standby takes it.")),
            ("Promotion", measure.PromoteSeconds, "The standby replays what it received, and writes a new timeline. Less WAL to replay shortens it."),
            ("Rerouting", measure.RerouteSeconds, "The proxy's health check has to see the new primary, and clients have to connect again. A shorter interval of the check shortens it."),
        ];
        if (Array.TrueForAll(parts, p => p.Seconds is null))
        {
            return FaultCatalogue.Find(fault.Kind) switch
            {
                { Writes: WritesDuring.Stop } => Invariant($"The fault lasted {((fault.RecoveredMs ?? fault.HealedMs ?? fault.SeenMs) - fault.InjectedMs) / 1000:0.0} s, and nobody could confirm a write meanwhile; the rest is the way back.\n"),
                { Takeover: Takeover.Required } or null => "Unknown: no standby was seen to take over.\n",
                _ => "Nobody had to take over: the time is what the primary and its proxy needed to go on without what was lost.\n",
            };
        }

        var longest = parts.MaxBy(p => p.Seconds ?? -1);
        var told = string.Join(", ", parts.Select(p => Invariant($"{p.Part.ToLowerInvariant()} {(p.Seconds is { } s ? Figures.Seconds(s) : "unknown")}")));
        return $"{longest.Part}, most of all ({told}). {longest.Why}\n";
    }
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Reporting.Charts;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>Every fault with its incident, in the order in which they were injected.</summary>
internal static class PageFaults
{
    private const double BinMs = 100;
    private const int MaximumBins = 700;
    private const double BeforeMs = 4000;
    private const double AfterMs = 3000;

    internal static PagePart<IReadOnlyList<PageFault>> Build(RunEvidence evidence, IReadOnlyList<FaultReading> readings) => readings.Count == 0
        ? new(null, evidence.WhyMissing(EvidenceFiles.Failover))
        : new([.. readings.OrderBy(r => r.Fault.StartedUtc).ThenBy(r => r.Fault.InjectedMs).Select(Fault)], null);

    internal static string IdOf(FaultRecord fault) => Invariant($"{fault.Kind}-{fault.Repeat}");

    /// <summary>Where a fault's window ends: healed, or else the last that is known of it.</summary>
    internal static double EndMs(FaultReading reading) =>
        reading.Fault.HealedMs ?? reading.History?.Operations.Select(o => o.EndedMs).DefaultIfEmpty(reading.Fault.SeenMs).Max() ?? reading.Fault.SeenMs;

    private static PageFault Fault(FaultReading reading)
    {
        var fault = reading.Fault;
        var measure = reading.Measure;
        return new PageFault(
            IdOf(fault), reading.Name, fault.Kind, fault.Signalled, reading.Outage, reading.Problem, measure?.IsCensored ?? false, PageTime.Number(measure?.Seconds),
            PageTime.Of(fault.StartedUtc, measure?.FromMs), PageTime.Of(fault.StartedUtc, measure?.ToMs),
            Phases(reading), PageTime.Number(fault.LeaseLeftSeconds),
            PageTime.Of(fault.StartedUtc, fault.InjectedMs), PageTime.Of(fault.StartedUtc, fault.HealedMs),
            fault.OldPrimary, fault.NewPrimary, fault.TimelineBefore, fault.TimelineAfter,
            Writes(reading), Events(reading), fault.MembersAfter, Accepted(reading));
    }

    private static List<PhaseRecord> Phases(FaultReading reading)
    {
        List<PhaseRecord> phases = [];
        Add("detect and elect", reading.Measure?.DetectSeconds);
        Add("promote", reading.Measure?.PromoteSeconds);
        Add("reroute", reading.Measure?.RerouteSeconds);
        return phases;

        void Add(string name, double? seconds)
        {
            if (PageTime.Number(seconds) is { } known)
            {
                phases.Add(new PhaseRecord(name, known));
            }
        }
    }

    private static PageWrites? Writes(FaultReading reading)
    {
        if (reading.History is not { Operations: { Count: > 0 } operations })
        {
            return null;
        }

        var zero = reading.Fault.StartedUtc;
        var first = operations.Min(o => o.EndedMs);
        var last = operations.Max(o => o.EndedMs);
        var from = Math.Max(first, reading.Fault.InjectedMs - BeforeMs);
        var to = Math.Min(last, EndMs(reading) + AfterMs);
        var bin = BinMs * Math.Max(1, Math.Ceiling((to - from) / BinMs / MaximumBins));
        return new PageWrites(
            operations.Count(o => o.Outcome == Outcome.Acknowledged),
            operations.Count(o => o.Outcome == Outcome.Refused),
            operations.Count(o => o.Outcome == Outcome.Indeterminate),
            bin,
            [.. FailoverBins.Of(operations, from, to, bin).Select(b => (double?[])[PageTime.Of(zero, b.StartMs), b.Acknowledged, b.Others, Worst(b)])],
            [.. FailoverBins.Of(operations, first, last, 1000).Select(b => (double?[])[PageTime.Of(zero, b.StartMs), b.Acknowledged, Worst(b)])]);
    }

    private static double? Worst(FailoverBin bin) => bin.Acknowledged == 0 ? null : PageTime.Number(bin.WorstMs, 1);

    private static List<PageEvent> Events(FaultReading reading)
    {
        var zero = reading.Fault.StartedUtc;
        var events = reading.Fault.Events.Select(e => new PageEvent(PageTime.Of(zero, e.AtMs), e.What)).ToList();
        if (reading.Measure is { } measure)
        {
            events.Add(new PageEvent(PageTime.Of(zero, measure.FromMs), "last acknowledged write before the outage"));
        }

        if (reading.FirstAckMs is { } acknowledged)
        {
            events.Add(new PageEvent(PageTime.Of(zero, acknowledged), "first acknowledged write after it"));
        }

        return [.. events.OrderBy(e => e.At)];
    }

    // Who took writes when, as the two-primaries probe found it by trying: needs no monitoring.
    private static List<PageSpan> Accepted(FaultReading reading)
    {
        List<PageSpan> spans = [];
        foreach (var member in (reading.History?.Probe ?? []).GroupBy(p => p.Member).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            foreach (var attempt in member.OrderBy(p => p.SentMs))
            {
                var state = attempt.Accepted ? "accepts writes" : attempt.Error == "25006" ? "standby" : "not answering";
                var (from, to) = (PageTime.Of(reading.Fault.StartedUtc, attempt.SentMs), PageTime.Of(reading.Fault.StartedUtc, attempt.EndedMs));
                if (spans.Count > 0 && spans[^1] is { } open && open.Row == member.Key && open.State == state)
                {
                    spans[^1] = open with { To = to };
                }
                else
                {
                    spans.Add(new PageSpan(member.Key, state, from, to));
                }
            }
        }

        return spans;
    }
}

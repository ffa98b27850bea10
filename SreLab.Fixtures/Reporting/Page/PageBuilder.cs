using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Reporting.Charts;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>Reads the evidence folder into a <see cref="PageModel"/>; what is absent is said, with the reason.</summary>
internal static class PageBuilder
{
    internal static PageModel Build(RunEvidence evidence, IReadOnlyList<PromiseVerdict> verdicts, Objectives objectives, IReadOnlyList<FaultReading> readings) => new(
        evidence.Run?.Id ?? Path.GetFileName(evidence.Store.Folder),
        Header(evidence),
        [.. verdicts.Select(Promise)],
        [.. Passes(evidence).Concat(Faults(readings)).Concat(Quiet(evidence))],
        Part(evidence, EvidenceFiles.Seed, evidence.Seed, Seed),
        Part(evidence, EvidenceFiles.Bench, evidence.Bench, b => (IReadOnlyList<PagePass>)[.. b.Passes.Select(p => Pass(evidence, p))]),
        PageFaults.Build(evidence, readings),
        Part(evidence, EvidenceFiles.Series, evidence.Series, PageSeries.Build),
        Part(evidence, EvidenceFiles.Alerts, evidence.Alerts, PageChains.Build),
        PageNotifications.Build(evidence),
        PageBudgets.Build(evidence, readings, objectives));

    private static PagePart<TPart> Part<TRecord, TPart>(RunEvidence evidence, string file, TRecord? record, Func<TRecord, TPart> build)
        where TRecord : class
        where TPart : class =>
        record is null ? new PagePart<TPart>(null, evidence.WhyMissing(file)) : new PagePart<TPart>(build(record), null);

    private static List<PageField> Header(RunEvidence evidence)
    {
        var unknown = $"unknown: {evidence.WhyMissing(EvidenceFiles.Run)}";
        List<PageField> fields =
        [
            new("started", evidence.Run is { } run ? Invariant($"{run.StartedUtc.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC") : unknown),
            new("commit", evidence.Run?.Commit ?? unknown),
            new("target", evidence.Run is { } r ? $"{r.Target}, profile {r.Profile}, seed {r.Settings.GetValueOrDefault("seed", "unknown")}" : unknown),
        ];
        if (evidence.Environment is not { } machine)
        {
            fields.Add(new("hardware", $"unknown: {evidence.WhyMissing(EvidenceFiles.Environment)}"));
            return fields;
        }

        fields.Add(new("hardware", Invariant($"{machine.Cores} x {machine.Processor}, {Figures.Bytes(machine.MemoryBytes)} memory, {machine.OperatingSystem}")));
        fields.Add(new("versions", string.Join(", ", machine.Versions.Select(v => $"{v.Key} {v.Value}"))));
        fields.Add(new("patroni", string.Join(", ", HeaderSection.Timings.Where(machine.PatroniSettings.ContainsKey).Select(t => $"{t} {machine.PatroniSettings[t]}"))));
        return fields;
    }

    private static PagePromise Promise(PromiseVerdict promise) => new(
        promise.Id,
        promise.Stage,
        Group(promise),
        promise.Text,
        promise.Verdict.Kind.ToString().ToLowerInvariant(),
        promise.Verdict.Summary,
        promise.Verdict.Objective,
        promise.Verdict.Measured,
        promise.Verdict.Details,
        PageTime.Number(promise.Verdict.BudgetSpent, 4));

    private static string Group(PromiseVerdict promise)
    {
        // Stages are numbered words.
        var name = promise.Subject is { } kind ? FaultCatalogue.Find(kind)?.Title ?? kind : promise.Stage[(promise.Stage.IndexOf('-', StringComparison.Ordinal) + 1)..];
        return name.Length == 0 ? name : $"{char.ToUpperInvariant(name[0])}{name[1..]}";
    }

    private static PageSeed Seed(SeedRecord seed) => new(
        seed.Tables.Sum(t => t.Rows), seed.RowsAsked, seed.WasSeeded, seed.Seconds, seed.DatabaseBytes, seed.PeakResidentBytes, seed.SecondSeconds, seed.SecondSaidUnchanged,
        seed.Phases,
        [.. seed.Tables.Select(t => new PageTable(t.Name, t.Rows, t.Bytes)).OrderByDescending(t => t.Rows)]);

    private static PagePass Pass(RunEvidence evidence, BenchPassRecord pass) => new(
        pass.Name, PageTime.Of(pass.StartedUtc), pass.Seconds, pass.Clients, pass.RatePerSecond, pass.Transactions, pass.Tps, Finite(pass.Latency), pass.Errors.Total,
        [.. BenchSeries.Read(evidence.Store, pass).Take(Math.Max(1, (int)pass.Seconds)).Select(s =>
            (double?[])[s.Second, s.Tps, PageTime.Number(s.P50Ms), PageTime.Number(s.P95Ms), PageTime.Number(s.P99Ms)])]);

    // A pass without one transaction has no latency; the page shows its count of 0 beside it.
    private static LatencyRecord Finite(LatencyRecord l) => l.Count > 0 ? l : new LatencyRecord(0, 0, 0, 0, 0, 0, 0);

    private static IEnumerable<PageWindow> Passes(RunEvidence evidence) =>
        (evidence.Bench?.Passes ?? []).Select(p => new PageWindow("pass", p.Name, PageTime.Of(p.StartedUtc), PageTime.Of(p.StartedUtc, p.Seconds * 1000), null));

    private static IEnumerable<PageWindow> Faults(IReadOnlyList<FaultReading> readings) => readings.Select(r =>
        new PageWindow("fault", r.Name, PageTime.Of(r.Fault.StartedUtc, r.Fault.InjectedMs), PageTime.Of(r.Fault.StartedUtc, PageFaults.EndMs(r)), PageFaults.IdOf(r.Fault)));

    private static IEnumerable<PageWindow> Quiet(RunEvidence evidence) =>
        (evidence.Alerts?.Quiet ?? []).Select(q => new PageWindow("quiet", $"quiet, {q.Kind}", PageTime.Of(q.StartedUtc), PageTime.Of(q.EndedUtc), null));
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Reporting.Page;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Tests.Conventions;
using SreLab.Fixtures.Tests.Reporting;

namespace SreLab.Report.Tests;

/// <summary>Pages made from the stored runs, as files that a browser opens.</summary>
internal static class PageSamples
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web);
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 10, 15, 0, TimeSpan.Zero);

    /// <summary>The page of a complete run with everything that Prometheus and Alertmanager can add.</summary>
    internal static string Complete(Func<string, string>? change = null) => With("complete", "complete-run", StoredRun.AllHold, AddMonitoring, change);

    /// <summary>The page of a run of which most is missing.</summary>
    internal static string MissingStages() => With("missing-stages", "missing-stages", StoredRun.NothingKnown);

    /// <summary>The page of a run with broken promises and an outage that did not end.</summary>
    internal static string BrokenPromise() => With("broken-promise", "broken-promise", StoredRun.OneBroken);

    /// <summary>A page whose evidence tries to be markup and script.</summary>
    internal static string Hostile(string text) => With(
        "hostile",
        "complete-run",
        [new PromiseVerdict(text, text, text, Verdict.Broken(text, text, text, text)), .. StoredRun.AllHold],
        store =>
        {
            AddMonitoring(store);
            store.Write(EvidenceFiles.Run, store.TryRead<RunRecord>(EvidenceFiles.Run)! with { Id = text, Commit = text });
            var fault = store.TryRead<FaultRecord>("40-failover/kill-member-1/fault.json")!;
            store.Write("40-failover/kill-member-1/fault.json", fault with { OldPrimary = text, Signalled = text, Events = [new EventRecord(2500, text)] });
            var alerts = store.TryRead<AlertsRecord>(EvidenceFiles.Alerts)!;
            store.Write(EvidenceFiles.Alerts, alerts with { Chains = [alerts.Chains[0] with { Alert = text, Cause = text }], Uncaused = [new UncausedRecord(text, text)] });
        });

    private static string With(
        string name, string run, IReadOnlyList<PromiseVerdict> verdicts, Action<RunStore>? add = null, Func<string, string>? change = null)
    {
        var store = StoredRun.Copy(run);
        try
        {
            add?.Invoke(store);
            var html = ReportPage.Render(new RunEvidence(store), verdicts, Objectives.Load(Repository.PathOf("slos.json")));
            return Keep(name, change is null ? html : change(html));
        }
        finally
        {
            Directory.Delete(store.Folder, recursive: true);
        }
    }

    // Named after its content: the next run writes the same files again instead of more of them.
    private static string Keep(string name, string html)
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts/report-page")).FullName;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)))[..8];
        var file = Path.Combine(folder, $"{name}-{hash}.html");
        File.WriteAllText(file, html);
        return file;
    }

    private static void AddMonitoring(RunStore store)
    {
        Spread(store);
        store.Write(EvidenceFiles.Series, SampleMonitoring.Series(Start));
        store.Write(EvidenceFiles.Alerts, SampleMonitoring.Alerts(Start));
        File.WriteAllText(
            store.PathOf(EvidenceFiles.Notifications),
            string.Concat(SampleMonitoring.Notifications(Start).Select(n => JsonSerializer.Serialize(n, Line) + "\n")));
    }

    // The stored passes and faults all begin at one moment; on a page that shows time they must follow one another.
    private static void Spread(RunStore store)
    {
        var bench = store.TryRead<BenchRecord>(EvidenceFiles.Bench)!;
        store.Write(EvidenceFiles.Bench, bench with { Passes = [.. bench.Passes.Select((p, i) => p with { StartedUtc = Start.AddSeconds(30 + 40 * i) })] });
        string[] faults = ["kill-postmaster-1", "kill-postmaster-2", "kill-member-1"];
        for (var i = 0; i < faults.Length; i++)
        {
            var file = $"40-failover/{faults[i]}/fault.json";
            store.Write(file, store.TryRead<FaultRecord>(file)! with { StartedUtc = Start.AddSeconds(180 + 30 * i) });
        }
    }
}

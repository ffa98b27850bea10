using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Reporting;

/// <summary>What the lab promises: the one list behind specs, report and <c>make judge</c>.</summary>
public static partial class Promises
{
    /// <summary>One primary, two streaming standbys, one of them synchronous.</summary>
    public static Promise ThreeMembers { get; } =
        Of("three-members", Stages.Up, "Three members run: one primary, two streaming standbys", (e, _) => BringUp.Members(e.Up)) with { Needs = Capability.ThreeMembers };

    /// <summary>Every member has its place.</summary>
    public static Promise MembersWhole { get; } =
        Of("members-whole", Stages.Up, "One member is primary, and every other one streams from it", (e, _) => BringUp.Whole(e.Up));

    /// <summary>A second bring-up changes nothing.</summary>
    public static Promise UpAgain { get; } =
        Of("up-again", Stages.Up, "A second bring-up changes nothing", (e, _) => BringUp.Again(e.Up));

    /// <summary>Prometheus sees every part.</summary>
    public static Promise EverythingScraped { get; } =
        Of("everything-scraped", Stages.Up, "Every scrape target is up", (e, _) => BringUp.Scraped(e.Up)) with { Needs = Capability.Monitoring };

    /// <summary>Loopback only.</summary>
    public static Promise NothingBeyondLoopback { get; } =
        Of("nothing-beyond-loopback", Stages.Up, "Nothing listens beyond loopback", (e, _) => BringUp.Private(e.Up)) with { Needs = Capability.OwnListeners };

    /// <summary>Checksums, durable commits for every role, scram, TLS.</summary>
    public static Promise SafeSettings { get; } =
        Of("safe-settings", Stages.Up, "Every member runs with checksums, durable commits for every role, scram and TLS", (e, _) => Checkers.SafeSettings.Check(e.Up)) with
        {
            Needs = Capability.Tls,
        };

    /// <summary>Plain text and wrong passwords are refused.</summary>
    public static Promise ForbiddenRefused { get; } =
        Of("forbidden-refused", Stages.Up, "Plain text and wrong passwords are refused", (e, _) => BringUp.Guarded(e.Up)) with { Needs = Capability.Tls };

    /// <summary>As many rows as asked, in at least ten different tables.</summary>
    public static Promise SeededRows { get; } =
        Of("seeded-rows", Stages.Seed, "At least ten different tables hold the rows that were asked for", (e, _) => Checkers.SeededRows.Count(e.Seed)) with { IsHeadline = true };

    /// <summary>No row points nowhere.</summary>
    public static Promise ForeignKeys { get; } =
        Of("foreign-keys", Stages.Seed, "Every foreign key holds", (e, _) => Checkers.SeededRows.ForeignKeys(e.Seed));

    /// <summary>The same content on all members.</summary>
    public static Promise SeedSameEverywhere { get; } =
        Of("seed-same-everywhere", Stages.Seed, "After the seed every member holds the same content", (e, _) => Checkers.SeededRows.SameOnEveryMember(e.Seed)) with { Needs = Capability.Standbys };

    /// <summary>A second seed changes nothing.</summary>
    public static Promise SeedAgain { get; } =
        Of("seed-again", Stages.Seed, "A second seed changes nothing", (e, _) => Checkers.SeededRows.Again(e.Seed)) with { IsHeadline = true };

    /// <summary>p99 of closed and open loop.</summary>
    public static Promise BenchLatency { get; } =
        Of("bench-latency-p99", Stages.Bench, "The 99th percentile of latency keeps its objective", (e, o) => Checkers.BenchLatency.Check(e.Bench, o)) with { TimedIn = TimedIn.Bench, IsHeadline = true };

    /// <summary>Failed over all operations.</summary>
    public static Promise BenchErrors { get; } =
        Of("bench-error-ratio", Stages.Bench, "The error ratio keeps its objective", (e, o) => Checkers.BenchErrors.Check(e.Bench, o)) with { IsHeadline = true };

    /// <summary>Error budgets of availability and latency.</summary>
    public static Promise BenchBudget { get; } =
        Of("error-budget-bench", Stages.Bench, "The healthy run keeps its error budgets", (e, o) => ErrorBudget.Check(e.Bench, o)) with { TimedIn = TimedIn.Bench, IsHeadline = true };

    /// <summary>Our count is pgbench's.</summary>
    public static Promise BenchIntegrity { get; } =
        Of("bench-integrity", Stages.Bench, "The numbers agree with what pgbench itself said", (e, o) => Checkers.BenchIntegrity.Check(e.Bench, o));

    /// <summary>The read-only endpoint serves.</summary>
    public static Promise BenchReadOnly { get; } =
        Of("bench-read-only", Stages.Bench, "The read-only endpoint serves reads", (e, o) => Checkers.BenchReadOnly.Check(e.Bench, o)) with { Needs = Capability.Standbys };

    /// <summary>What was acknowledged is there.</summary>
    public static Promise LedgerDurability { get; } = Of(
        "ledger-durability", Stages.Bench, "Undisturbed: every acknowledged write is on every member", (e, o) => Durability.Undisturbed(e.Undisturbed, o));

    /// <summary>Teardown leaves nothing.</summary>
    public static Promise NothingLeft { get; } =
        Of("nothing-left", Stages.Down, "After the teardown nothing of the lab is left", (e, _) => Teardown.Check(e.Down)) with { Needs = Capability.Removal };

    /// <summary>Every promise, in the order of the stages.</summary>
    public static IReadOnlyList<Promise> All => Everything.Value;

    /// <summary>Judges every promise that the report shows: all but the teardown, which comes after the report.</summary>
    public static IReadOnlyList<PromiseVerdict> Judge(RunEvidence evidence, Objectives objectives) =>
    [
        .. All.Where(p => p.Stage != Stages.Down && IsPartOf(evidence, p) && IsListed(p, evidence))
            .Select(p => new PromiseVerdict(p.Id, p.Stage, p.Text, JudgeOne(p, evidence, objectives)) { IsHeadline = p.IsHeadline, Subject = p.Subject }),
    ];

    // The quick profile leaves most of the catalogue out; what it has to do of it, and what it did, is judged.
    private static bool IsPartOf(RunEvidence evidence, Promise promise) =>
        evidence.Run?.Profile != SettingsProfile.Quick
        || (!promise.IsOfRepeats && (promise.Subject is not { } kind || FaultCatalogue.Of(kind).IsInEveryProfile || evidence.Faults.Any(f => f.Kind == kind)));

    // An empty list of listeners means nothing where the processes are not the lab's.
    private static Verdict JudgeOne(Promise promise, RunEvidence evidence, Objectives objectives) =>
        promise.Needs is { } needed && evidence.Run is { } run && (run.Lacks.TryGetValue(needed.ToString(), out var reason) || run.Absent.TryGetValue(needed.ToString(), out reason))
            ? Verdict.Unknown($"not on TARGET={run.Target}: {reason}")
            : promise.Judge(evidence, objectives);

    // Made when first asked for: the parts of this class are initialised in no order that could be relied on.
    private static Lazy<IReadOnlyList<Promise>> Everything { get; } = new(() =>
    [
        ThreeMembers, MembersWhole, UpAgain, EverythingScraped, NothingBeyondLoopback, SafeSettings, ForbiddenRefused,
        SeededRows, ForeignKeys, SeedSameEverywhere, SeedAgain,
        BenchLatency, BenchErrors, BenchBudget, BenchIntegrity, BenchReadOnly, LedgerDurability,
        .. OfFaults,
        .. OfWorkloads,
        AlertsQuietIdle, AlertsQuietLoaded, AlertsFire, AlertsInTime, AlertsResolve, AlertsProven, MetricsCovered, DashboardsAnswer,
        .. OfBackups, .. OfPlatform, NothingLeft,
    ]);

    private static Promise Of(string id, string stage, string text, Func<RunEvidence, Objectives, Verdict> judge) =>
        new(id, stage, text, (evidence, objectives) =>
        {
            try
            {
                // A judge sees no record, and says that the stage did not run; a damaged record is another reason.
                var verdict = judge(evidence, objectives);
                return verdict.Kind == VerdictKind.Unknown && evidence.WhyUnreadable(stage) is { } damage ? verdict with { Summary = damage } : verdict;
            }
            catch (Exception e)
            {
                // Evidence that cannot be read, or holds what no run writes, decides nothing, and must not hide the other promises.
                var reason = e.Message.Split('\n')[0];
                return Verdict.Unknown(e is LabException ? reason : $"evidence of {stage} makes no sense: {e.GetType().Name}: {reason}");
            }
        })
        {
            Needs = Stages.NeedsOfTarget.TryGetValue(stage, out var needed) ? needed : null,
        };
}

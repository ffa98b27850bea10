using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Reporting;

/// <summary>Small hand-made runs below <c>testdata/</c>, and the verdicts that go with them.</summary>
internal static class StoredRun
{
    public static RunEvidence Open(string name) => new(new RunStore(Repository.PathOf($"SreLab.Fixtures.Tests/testdata/{name}")));

    /// <summary>A copy that a test may change.</summary>
    public static RunStore Copy(string name)
    {
        var source = Repository.PathOf($"SreLab.Fixtures.Tests/testdata/{name}");
        var copy = Directory.CreateTempSubdirectory("srelab-run-").FullName;
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new RunStore(copy);
    }

    public static IReadOnlyList<PromiseVerdict> AllHold { get; } =
    [
        new("bring-up", Stages.Up, "The lab comes up in time", Verdict.Holds("up in 11.42 s", "<= 15 s", "11.42 s")),
        new("loopback-only", Stages.Up, "Nothing listens beyond loopback", Verdict.Holds("nothing does")),
        new("seed-content", Stages.Seed, "Every member holds the same rows", Verdict.Holds("hashes agree")),
        new("bench-latency-p99", Stages.Bench, "99 % of transactions are fast", Verdict.Holds("p99 22.4 ms", "<= 200 ms", "22.4 ms")),
        new("bench-error-ratio", Stages.Bench, "Few operations fail", Verdict.Holds("0.02 %", "<= 0.1 %", "0.02 %") with { BudgetSpent = 0.2 }),
        new("acknowledged-writes-lost", Stages.Failover, "No acknowledged write is lost", Verdict.Holds("0 lost", "0", "0 of 412")),
    ];

    public static IReadOnlyList<PromiseVerdict> NothingKnown { get; } =
    [
        AllHold[0],
        new("bench-latency-p99", Stages.Bench, "99 % of transactions are fast", Verdict.Unknown("the benchmark left no record", "<= 200 ms")),
        new("acknowledged-writes-lost", Stages.Failover, "No acknowledged write is lost", Verdict.Unknown("no fault was injected", "0")),
    ];

    public static IReadOnlyList<PromiseVerdict> OneBroken { get; } =
    [
        .. AllHold.Take(3),
        new("bench-latency-p99", Stages.Bench, "99 % of transactions are fast", Verdict.Broken("p99 412 ms | limit 200 ms", "<= 200 ms", "412 ms")),
        new("bench-error-ratio", Stages.Bench, "Few operations fail", Verdict.Broken("6.6 %", "<= 0.1 %", "6.6 %") with { BudgetSpent = 66.4 }),
        new("acknowledged-writes-lost", Stages.Failover, "No acknowledged write is lost", Verdict.Unknown("writes never resumed", "0")),
    ];
}

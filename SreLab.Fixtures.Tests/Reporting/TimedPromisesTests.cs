using System.Text.Json;
using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Tests.Backups;

namespace SreLab.Fixtures.Tests.Reporting;

/// <summary>From a run's folder to what a report says of its times.</summary>
public sealed class TimedPromisesTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
    private readonly RunStore _run = new(Directory.CreateTempSubdirectory("srelab-timed-").FullName);

    public void Dispose() => Directory.Delete(_run.Folder, recursive: true);

    [Theory]
    [InlineData(true, VerdictKind.Broken)]
    [InlineData(false, VerdictKind.Slow)]
    public void A_missed_time_breaks_its_promise_where_times_decide_and_is_slow_where_they_are_reported(bool decide, VerdictKind expected)
    {
        Record(decide, restoreSeconds: 40, others: 0.01);

        Judge().Should().BeEquivalentTo(new { Kind = expected, Measured = "40.0 s" });
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void On_a_disturbed_machine_it_is_unknown_either_way(double restoreSeconds)
    {
        Record(decide: false, restoreSeconds, others: 0.45);

        var verdict = Judge();
        verdict.Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, IsDisturbed = true });
        verdict.Summary.Should().StartWith("disturbed (45 % of the processors taken by other programs, most by go build, during the restore latest); seen was: ");
    }

    [Fact]
    public void A_promise_that_no_clock_decides_is_judged_all_the_same()
    {
        Record(decide: true, restoreSeconds: 5, others: 0.9);

        Promises.RestoreApart.Judge(new RunEvidence(_run), Ledger.Objectives).Kind.Should().Be(VerdictKind.Holds);
    }

    [Fact]
    public void Every_promise_with_a_limit_in_seconds_or_milliseconds_says_in_which_windows_it_is_timed()
    {
        string[] timed =
        [
            "bench-latency-p99", "error-budget-bench", "postmaster-outage-worst", "postmaster-outage-median", "postmaster-staleness", "member-outage-worst", "member-outage-lease",
            "member-staleness", "alerts-quiet-loaded", "alerts-in-time", "restore-in-time", "recovery-point", "workload-readiness", "workload-latency", "app-survives-failover",
            .. FaultPromises.All.SelectMany(f => new[] { f.Outage.Id, f.Staleness.Id }),
        ];

        Promises.All.Where(p => p.TimedIn is not null).Select(p => p.Id).Should().BeEquivalentTo(timed);
    }

    private Verdict Judge() => Promises.RestoreInTime.Judge(new RunEvidence(_run), Ledger.Objectives);

    private void Record(bool decide, double restoreSeconds, double others)
    {
        _run.Write(EvidenceFiles.Run, new RunRecord
        {
            Id = "r",
            StartedUtc = Start,
            Commit = "c",
            Target = "local",
            Profile = "quick",
            DoTimesDecide = decide,
            Settings = new Dictionary<string, string>(),
        });
        var backups = SampleBackups.Proofs;
        _run.Write(EvidenceFiles.Backups, backups with
        {
            StartedUtc = Start,
            Loss = null,
            Restores = [backups.Restores[0] with { Name = "latest", StartedMs = 1000, Seconds = restoreSeconds }],
        });
        File.WriteAllLines(_run.PathOf(EvidenceFiles.Host), Enumerable.Range(0, 60).Select(s => JsonSerializer.Serialize(
            new HostSample(At(s), At(s + 1), 0, "go build", others, Ours: 0.2, Others: others), JsonSerializerOptions.Web)));
    }

    private static long At(int second) => Start.AddSeconds(second).ToUnixTimeMilliseconds();
}

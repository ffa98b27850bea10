using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class BenchCheckerTests
{
    private static readonly Objectives Limits = Ledger.Objectives;

    private static readonly Func<BenchRecord?, Objectives, Verdict>[] All = [BenchLatency.Check, BenchErrors.Check, ErrorBudget.Check, BenchIntegrity.Check, BenchReadOnly.Check];

    [Fact]
    public void A_good_benchmark_holds_every_promise() =>
        All.Select(check => check(Record(), Limits).Kind).Should().AllBeEquivalentTo(VerdictKind.Holds);

    [Fact]
    public void Nothing_is_unknown() =>
        All.Select(check => check(null, Limits).Kind).Should().AllBeEquivalentTo(VerdictKind.Unknown);

    [Fact]
    public void A_missing_pass_is_unknown() =>
        All.Select(check => check(Record() with { Passes = [Pass("closed-loop")] }, Limits).Kind).Should().AllBeEquivalentTo(VerdictKind.Unknown);

    [Fact]
    public void Passes_without_a_transaction_never_hold()
    {
        var record = Record(pass => pass with { Transactions = 0, Latency = Latency(double.NaN, 0), Scripts = [] });

        All.Select(check => check(record, Limits).Kind).Should().AllBeEquivalentTo(VerdictKind.Unknown);
    }

    [Fact]
    public void Passes_of_which_everything_failed_break_the_error_ratio()
    {
        var record = Record(pass => pass with { Transactions = 0, Latency = Latency(double.NaN, 0), Scripts = [], Errors = Errors(exitCode: 2, lost: 500) });

        BenchErrors.Check(record, Limits).Kind.Should().Be(VerdictKind.Broken);
        BenchLatency.Check(record, Limits).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Theory]
    [InlineData("closed-loop", 199.9, VerdictKind.Holds)]
    [InlineData("closed-loop", 200, VerdictKind.Broken)]
    [InlineData("open-loop", 250, VerdictKind.Broken)]
    [InlineData("read-only", 250, VerdictKind.Holds)]
    public void The_slower_of_both_loops_decides_the_latency(string slow, double p99, VerdictKind expected)
    {
        var verdict = BenchLatency.Check(Record(pass => pass.Name == slow ? pass with { Latency = Latency(p99, 10_000) } : pass), Limits);

        verdict.Kind.Should().Be(expected);
        verdict.Objective.Should().Be("< 200 ms");
    }

    [Fact]
    public void Survivors_do_not_make_a_percentile_when_one_operation_in_a_hundred_never_ended() =>
        BenchLatency.Check(Record(pass => pass with { Errors = Errors(lost: 102) }), Limits).Summary.Should().StartWith("bench-latency-p99 broken: 1.0 %");

    [Fact]
    public void Few_transactions_have_no_99th_percentile() =>
        BenchLatency.Check(Record(pass => pass with { Transactions = 99 }), Limits).Kind.Should().Be(VerdictKind.Unknown);

    [Fact]
    public void The_error_budget_is_counted_over_both_loops()
    {
        // 2 × (9,995 + 5) operations allow 20 failures; 10 were used.
        var verdict = BenchErrors.Check(Record(pass => pass with { Transactions = 9_995, Errors = Errors(failed: 3, skipped: 2) }), Limits);

        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.BudgetSpent.Should().BeApproximately(0.5, 1e-9);
        verdict.Measured.Should().Be("0.05% (10 of 20,000)");
        verdict.Details[0].Should().Be("budget: 20,000 operations allow 20 failures; 10 were used");
    }

    [Fact]
    public void A_spent_error_budget_is_broken_and_its_causes_are_named()
    {
        var verdict = BenchErrors.Check(
            Record(pass => pass.Name == "closed-loop" ? pass with { Errors = Errors(exitCode: 2, aborted: 8, silent: 7, lost: 20_000) } : pass), Limits);

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.BudgetSpent.Should().BeGreaterThan(1);
        verdict.Details.Should().Contain("closed-loop: pgbench ended with exit code 2: the pass is incomplete")
            .And.Contain("closed-loop: 8 of 8 clients aborted")
            .And.Contain("closed-loop: 7 of 60 s without a finished transaction");
    }

    [Fact]
    public void A_pass_that_pgbench_did_not_finish_is_unknown_however_few_errors_it_had()
    {
        var verdict = BenchErrors.Check(Record(pass => pass with { Errors = Errors(exitCode: 2, aborted: 1, lost: 1) }), Limits);

        verdict.Kind.Should().Be(VerdictKind.Unknown);
        verdict.Details.Should().Contain("open-loop: 1 of 8 clients aborted");
    }

    [Fact]
    public void A_miscount_breaks_the_integrity()
    {
        Integrity(pass => pass with { LoggedTransactions = 11_999 }).Should().Be(VerdictKind.Broken, "pgbench said 12,000");
        Integrity(pass => pass with { Transactions = 9_999 }).Should().Be(VerdictKind.Broken, "there are 10,000 latencies");
        Integrity(pass => pass with { Scripts = [] }).Should().Be(VerdictKind.Broken, "the scripts do not sum up");
        Integrity(pass => pass with { LoggedAverageMs = 2.03 }).Should().Be(VerdictKind.Broken, "pgbench said 2.000 ms");
        Integrity(pass => pass with { LoggedAverageMs = 2.015 }).Should().Be(VerdictKind.Holds, "that is within 1 %");
    }

    [Fact]
    public void What_cannot_be_compared_is_unknown()
    {
        Integrity(pass => pass with { PgbenchSaid = new Dictionary<string, double>() }).Should().Be(VerdictKind.Unknown);
        Integrity(pass => pass with { LoggedTransactions = null }).Should().Be(VerdictKind.Unknown);
        Integrity(pass => pass with { Transactions = 999, Latency = Latency(5, 999), Scripts = Scripts(999) }).Should().Be(VerdictKind.Unknown);
    }

    [Theory]
    [InlineData(true, 0, 0, VerdictKind.Holds)]
    [InlineData(false, 0, 0, VerdictKind.Broken)]
    [InlineData(null, 0, 0, VerdictKind.Unknown)]
    [InlineData(true, 11, 0, VerdictKind.Broken)]
    [InlineData(true, 1, 2, VerdictKind.Unknown)]
    public void Reads_are_served_by_standbys_and_without_errors(bool? onStandby, long lost, int exitCode, VerdictKind expected) =>
        BenchReadOnly.Check(Record(pass => pass with { OnStandby = onStandby, Errors = Errors(exitCode, lost: lost) }), Limits).Kind.Should().Be(expected);

    private static VerdictKind Integrity(Func<BenchPassRecord, BenchPassRecord> change) =>
        BenchIntegrity.Check(Record(pass => pass.Name == "open-loop" ? change(pass) : pass), Limits).Kind;

    private static BenchRecord Record(Func<BenchPassRecord, BenchPassRecord>? change = null) => new()
    {
        StartedUtc = DateTimeOffset.UnixEpoch,
        Passes = [.. new[] { "closed-loop", "open-loop", "read-only" }.Select(Pass).Select(pass => change is null ? pass : change(pass))],
        TopStatements = [],
        WaitEvents = [],
        Host = new Dictionary<string, double>(),
        WalBytes = 0,
    };

    private static BenchPassRecord Pass(string name) => new()
    {
        Name = name,
        Command = "pgbench",
        StartedUtc = DateTimeOffset.UnixEpoch,
        Clients = 8,
        Threads = 2,
        WarmupSeconds = 10,
        Seconds = 60,
        Transactions = 10_000,
        Tps = 166.7,
        Latency = Latency(5, 10_000),
        Slow = new SlowRecord(200, 12),
        Errors = Errors(),
        Scripts = Scripts(10_000),
        SeriesFile = "series.csv",
        RawLogs = [],
        PgbenchSaid = new Dictionary<string, double> { ["transactions"] = 12_000, ["latency_average_ms"] = 2 },
        LoggedTransactions = 12_000,
        LoggedAverageMs = 2.0004,
        OnStandby = true,
    };

    private static LatencyRecord Latency(double p99, long count) => new(count, 2, 1, 4, p99, p99, p99);

    private static BenchScriptRecord[] Scripts(long transactions) =>
        [new BenchScriptRecord("browse", 1, transactions - 100, Latency(5, 1)), new BenchScriptRecord("place_order", 1, 100, Latency(5, 1))];

    private static BenchErrorsRecord Errors(int exitCode = 0, long failed = 0, long skipped = 0, int aborted = 0, int silent = 0, long lost = 0) =>
        new(exitCode, failed, skipped, aborted, silent, lost, ["pgbench: error: client 1 aborted"]);
}

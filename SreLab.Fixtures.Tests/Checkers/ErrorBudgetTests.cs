using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class ErrorBudgetTests
{
    private static readonly Objectives Limits = Ledger.Objectives;

    [Fact]
    public void A_run_within_both_budgets_holds_and_says_what_it_used()
    {
        var verdict = ErrorBudget.Check(Record(Pass("closed-loop", 9_990, failed: 10, slow: 50), Pass("open-loop", 10_000)), Limits);

        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.Objective.Should().Be("< 0.1% failed, < 1% over 200 ms");
        verdict.Measured.Should().Be("availability 10 of 20 allowed, latency 50 of 199 allowed");
        verdict.BudgetSpent.Should().BeApproximately(0.5, 1e-9);
    }

    [Theory]
    [InlineData(19, 0, VerdictKind.Holds)]
    [InlineData(20, 0, VerdictKind.Broken)]
    [InlineData(0, 199, VerdictKind.Holds)]
    [InlineData(0, 200, VerdictKind.Broken)]
    public void A_budget_is_spent_when_nothing_of_it_is_left(int failed, int slow, VerdictKind expected)
    {
        // Both loops together made 20,000 operations, so 20 may fail; of those that succeed, 200 in 20,000 may be slow.
        var verdict = ErrorBudget.Check(Record(Pass("closed-loop", 10_000 - failed, failed, slow), Pass("open-loop", 10_000)), Limits);

        verdict.Kind.Should().Be(expected);
    }

    [Fact]
    public void A_budget_covers_both_loops_where_a_percentile_is_judged_by_pass()
    {
        var record = Record(Pass("closed-loop", 90_000), Pass("open-loop", 10_000, slow: 200));

        ErrorBudget.Check(record, Limits).Kind.Should().Be(VerdictKind.Holds, "200 of 100,000 are slow, though 2 % of the open loop");
    }

    [Fact]
    public void A_spent_budget_is_broken_although_a_pass_is_missing() =>
        ErrorBudget.Check(Record(Pass("closed-loop", 10_000, failed: 100)), Limits).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void What_was_not_measured_is_unknown()
    {
        var good = Record(Pass("closed-loop", 10_000), Pass("open-loop", 10_000));

        Unknown(null, "the benchmark was not run");
        Unknown(Record(Pass("closed-loop", 10_000)), "no open-loop pass was run");
        Unknown(Record(Pass("closed-loop", 10_000), Pass("open-loop", 0)), "not one transaction of the open-loop pass succeeded");
        Unknown(Record([.. good.Passes.Select(p => p with { Errors = p.Errors with { ExitCode = 2 } })]), "pgbench did not finish the closed-loop pass");
        Unknown(Record([.. good.Passes.Select(p => p with { Slow = null })]), "slow operations were not counted against today's objective");
        Unknown(Record([.. good.Passes.Select(p => p with { Slow = p.Slow! with { ThanMs = 100 } })]), "slow operations were not counted against today's objective");
        Unknown(Record(Pass("closed-loop", 400, failed: 5), Pass("open-loop", 500)), "905 operations were made; 1,000 are needed");
    }

    private static void Unknown(BenchRecord? record, string why)
    {
        var verdict = ErrorBudget.Check(record, Limits);

        verdict.Kind.Should().Be(VerdictKind.Unknown);
        verdict.Summary.Should().StartWith($"error-budget-bench unknown: {why}");
    }

    private static BenchRecord Record(params BenchPassRecord[] passes) => new()
    {
        StartedUtc = DateTimeOffset.UnixEpoch,
        Passes = passes,
        TopStatements = [],
        WaitEvents = [],
        Host = new Dictionary<string, double>(),
        WalBytes = 0,
    };

    private static BenchPassRecord Pass(string name, long transactions, long failed = 0, long slow = 0) => new()
    {
        Name = name,
        Command = "pgbench",
        StartedUtc = DateTimeOffset.UnixEpoch,
        Clients = 8,
        Threads = 2,
        WarmupSeconds = 10,
        Seconds = 60,
        Transactions = transactions,
        Tps = transactions / 60.0,
        Latency = new LatencyRecord(transactions, 2, 1, 4, 5, 5, 5),
        Slow = new SlowRecord(200, slow),
        Errors = new BenchErrorsRecord(0, failed, 0, 0, 0, 0, []),
        Scripts = [],
        SeriesFile = "series.csv",
        RawLogs = [],
        PgbenchSaid = new Dictionary<string, double>(),
    };
}

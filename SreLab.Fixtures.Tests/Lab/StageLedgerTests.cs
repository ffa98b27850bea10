using FluentAssertions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Lab;

public sealed class StageLedgerTests
{
    [Fact]
    public void Nothing_is_blocked_before_anything_failed() =>
        Stages.InOrder.Where(s => new StageLedger().BlockedBy(s) is not null).Should().BeEmpty();

    [Fact]
    public void A_failed_stage_blocks_what_needs_it_with_the_first_line_of_its_reason()
    {
        var ledger = new StageLedger();

        ledger.Failed(Stages.Seed, "seed refused: disk full\n  free  1 MB");

        ledger.BlockedBy(Stages.Bench).Should().Be("30-bench needs 20-seed, which failed: seed refused: disk full");
        ledger.BlockedBy(Stages.Failover).Should().NotBeNull();
        ledger.BlockedBy(Stages.Seed).Should().BeNull("a stage does not block itself");
    }

    [Fact]
    public void The_first_reason_stays()
    {
        var ledger = new StageLedger();

        ledger.Failed(Stages.Up, "first");
        ledger.Failed(Stages.Up, "second");

        ledger.BlockedBy(Stages.Seed).Should().EndWith("first");
    }

    [Fact]
    public void Report_and_teardown_run_whatever_failed()
    {
        var ledger = new StageLedger();

        foreach (var stage in Stages.InOrder)
        {
            ledger.Failed(stage, "failed");
        }

        ledger.BlockedBy(Stages.Report).Should().BeNull();
        ledger.BlockedBy(Stages.Down).Should().BeNull();
    }

    [Fact]
    public void A_failed_benchmark_does_not_block_the_failover()
    {
        var ledger = new StageLedger();

        ledger.Failed(Stages.Bench, "failed");

        ledger.BlockedBy(Stages.Failover).Should().BeNull();
    }

    [Fact]
    public void Every_stage_says_what_it_needs_and_needs_only_what_runs_before_it()
    {
        Stages.Needs.Keys.Should().BeEquivalentTo(Stages.InOrder);
        Stages.InOrder.SelectMany((stage, i) => Stages.Needs[stage].Except(Stages.InOrder.Take(i)).Select(n => $"{stage} needs {n}")).Should().BeEmpty();
        Stages.InOrder.Should().BeInAscendingOrder(StringComparer.Ordinal, "folders of a run sort in the order in which they were made");
    }
}

using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>The ledger of <see cref="Ledger"/>: 1,000 writes in 10 s, those from 5 s until 6.5 s are not acknowledged.</summary>
public sealed class FaultCostTests
{
    [Fact]
    public void Every_write_that_was_not_acknowledged_is_bad()
    {
        var cost = FaultCost.Of(Ledger.Good(), Ledger.Objectives);

        cost.Fault.Should().Be("kill-postmaster 1");
        cost.Availability.Operations.Should().Be(1000);
        cost.Availability.Bad.Should().Be(150);
        cost.Latency.Bad.Should().Be(0);
        // 0.1 % of 100 writes/s over 30 d are 259,200.
        cost.ShareOfPeriod.Should().BeApproximately(150 / 259_200.0, 1e-12);
    }

    [Fact]
    public void The_burn_rate_is_what_both_windows_reach()
    {
        var cost = FaultCost.Of(Ledger.Good(), Ledger.Objectives);

        // Of the 650 writes until 6.5 s 150 were bad; 2.5 s hold them all and 100 good ones; the long window has seen no more than the history.
        cost.PeakBurnRate.Should().BeApproximately(150 / 650.0 / 0.001, 3);
    }

    [Fact]
    public void A_history_without_a_bad_write_costs_nothing()
    {
        var cost = FaultCost.Of(Ledger.Good().WithOperations(o => o.Outcome == Outcome.Acknowledged && o.EndedMs < Ledger.InjectedMs), Ledger.Objectives);

        cost.Availability.Bad.Should().Be(0);
        cost.ShareOfPeriod.Should().Be(0);
        cost.PeakBurnRate.Should().Be(0);
    }

    [Fact]
    public void A_write_that_is_acknowledged_after_its_deadline_is_bad_and_slow()
    {
        var good = Ledger.Good().WithOperations(o => o.EndedMs < Ledger.InjectedMs);
        var late = good with { Operations = [.. good.Operations.Select((o, i) => i < 3 ? o with { ScheduledMs = o.EndedMs - 1001 } : i < 5 ? o with { ScheduledMs = o.EndedMs - 201 } : o)] };

        var cost = FaultCost.Of(late, Ledger.Objectives);

        cost.Availability.Bad.Should().Be(3);
        cost.Latency.Bad.Should().Be(5);
    }

    [Fact]
    public void What_the_schedule_wanted_and_nobody_sent_is_bad()
    {
        // Each of the four writers falls silent at 3 s; the last write of one of them comes at 10 s.
        var good = Ledger.Good().WithOperations(o => o.EndedMs < 3000);
        var silent = good with { Operations = [.. good.Operations, Ledger.Acknowledged(1000, Ledger.EndMs)] };

        var cost = FaultCost.Of(silent, Ledger.Objectives);

        cost.Availability.Operations.Should().BeCloseTo(900, 8, "what was due in the last second is still within its deadline");
        cost.Availability.Bad.Should().BeCloseTo(600, 8);
    }

    [Fact]
    public void An_empty_history_is_no_division_by_zero()
    {
        var cost = FaultCost.Of(Ledger.Good().WithOperations(_ => false), Ledger.Objectives);

        cost.Availability.Spent.Should().BeNull();
        cost.PeakBurnRate.Should().Be(0);
    }
}

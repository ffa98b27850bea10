using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>A fault that is repeated is judged as one promise: the worst wins, and what holds is told of each repeat.</summary>
public sealed class SeveralFaultsTests
{
    private static readonly FaultHistory[] Good = [Fault(1), Fault(2)];

    [Fact]
    public void Banks_that_hold_are_counted_together_and_told_apart()
    {
        var verdict = Bank.CheckAll(Good);

        verdict.Summary.Should().Be("all 226 reads in 2 faults show 10,000, while 342 transfers were committed.");
        verdict.Measured.Should().Be("0 wrong of 226 reads");
        verdict.Details.Should().HaveCount(6).And.Contain(d => d.StartsWith("kill-member 2: pg-1: ", StringComparison.Ordinal));
    }

    [Fact]
    public void One_wrong_bank_of_several_breaks_them_all() =>
        Bank.CheckAll([Good[0], Good[1] with { Bank = BankRuns.Good().With(BankRuns.Read("pg-2", 5600, total: 1)) }])
            .Summary.Should().StartWith("bank broken in kill-member 2: pg-2 as standby showed 1 on");

    [Fact]
    public void The_oldest_read_of_all_faults_is_the_measure()
    {
        var verdict = StaleRead.CheckAll([Good[0], Good[1] with { Heartbeat = Heartbeats.Good().With(Heartbeats.Read(1605, 10)) }], Ledger.Objectives);

        verdict.Kind.Should().Be(VerdictKind.Holds, verdict.Summary);
        verdict.Measured.Should().Be("worst 0.50 s outside, 0.00 s inside");
        verdict.Summary.Should().Contain("in 2 faults");
    }

    [Fact]
    public void One_fault_alone_is_told_in_its_own_words() =>
        Bank.CheckAll([Good[0]]).Summary.Should().Be("all 113 reads in kill-member 1 show 10,000, while 171 transfers were committed.");

    private static FaultHistory Fault(int repeat)
    {
        var good = Ledger.Good(FaultKinds.KillMember);
        return good with { Record = good.Record with { Repeat = repeat, InjectedMs = 4000, HealedMs = 7000 }, Bank = BankRuns.Good(), Heartbeat = Heartbeats.Good() };
    }
}

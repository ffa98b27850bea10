using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class BankTests
{
    private const string Stored = "SreLab.Fixtures.Tests/testdata/bank";

    [Fact]
    public void A_total_that_never_changed_holds()
    {
        var verdict = Bank.Check(BankRuns.Good(), BankRuns.Faults);

        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.Summary.Should().Be("all 113 reads in kill-member 1 show 10,000, while 171 transfers were committed.");
        verdict.Measured.Should().Be("0 wrong of 113 reads on 3 members");
        verdict.Details.Should().HaveCount(3).And.Contain("pg-1: 33 reads with the total; without an answer: 7 SocketException.ConnectionRefused");
    }

    [Fact]
    public void One_read_with_another_total_names_member_moment_and_both_totals() =>
        Broken(BankRuns.Good().With(BankRuns.Read("pg-2", 5600, total: 9_995, timeline: 2)))
            .Should().Be("bank broken in kill-member 1: pg-2 as primary on timeline 2 showed 9,995 on 10 accounts at +5.600 s; 10,000 on 10 are expected.");

    [Fact]
    public void A_standby_that_is_wrong_is_called_one() =>
        Broken(BankRuns.Good().With(BankRuns.Read("pg-3", 100, total: 10_001))).Should().Contain("pg-3 as standby showed 10,001");

    [Fact]
    public void A_missing_account_is_broken_even_with_the_right_total() =>
        Broken(BankRuns.Good().With(BankRuns.Read("pg-3", 100, accounts: 9))).Should().Contain("10,000 on 9 accounts");

    [Theory]
    [InlineData("42P01")]
    [InlineData("XX001")]
    [InlineData("XX002")]
    public void A_member_whose_table_is_gone_or_damaged_is_broken(string state) =>
        Broken(BankRuns.Good().With(BankRuns.Unanswered("pg-3", 9000, state))).Should().Contain($"pg-3 answered {state} at +9.000 s");

    [Fact]
    public void A_wrong_total_counts_even_in_a_history_that_proves_nothing_else() =>
        Broken(BankRuns.Good().With(BankRuns.Read("pg-3", 100, total: 1)) with { IsTorn = true }).Should().Contain("showed 1 on");

    [Fact]
    public void The_first_wrong_read_is_named_first_and_the_rest_are_counted()
    {
        var verdict = Bank.Check(BankRuns.Good().With(BankRuns.Read("pg-3", 900, total: 2)).With(BankRuns.Read("pg-1", 800, total: 1)), BankRuns.Faults);

        verdict.Measured.Should().StartWith("2 wrong of 115 reads");
        verdict.Details[0].Should().Contain("+0.800 s");
    }

    [Fact]
    public void A_member_that_was_never_read_after_the_heal_leaves_it_unknown() =>
        Unknown(BankRuns.Good() with { Reads = [.. BankRuns.Good().Reads.Where(r => r.Member != "pg-1" || r.SentMs < 7000)] }).Should().Contain("pg-1 was never read after the heal");

    [Fact]
    public void A_member_that_never_answered_after_the_heal_leaves_it_unknown()
    {
        var history = BankRuns.Good();
        Unknown(history with { Reads = [.. history.Reads.Select(r => r.Member == "pg-1" && r.SentMs > 7000 ? BankRuns.Unanswered("pg-1", r.SentMs) : r)] })
            .Should().Contain("pg-1 was never read after the heal");
    }

    [Fact]
    public void No_transfer_before_the_fault_leaves_it_unknown() =>
        Unknown(Transfers(t => t.SentMs > 4000)).Should().Contain("no transfer was committed before the fault");

    [Fact]
    public void No_transfer_after_the_heal_leaves_it_unknown() =>
        Unknown(Transfers(t => t.SentMs < 7000)).Should().Contain("no transfer was committed after the heal");

    [Fact]
    public void A_torn_history_leaves_it_unknown() => Unknown(BankRuns.Good() with { IsTorn = true }).Should().Contain("lost its last line");

    [Fact]
    public void No_member_leaves_it_unknown() =>
        Unknown(BankRuns.Good() with { Record = BankRuns.Good().Record with { Members = [] } }).Should().Contain("no member was read");

    [Fact]
    public void A_fault_that_was_never_healed_leaves_it_unknown() =>
        Bank.Check(BankRuns.Good(), [BankRuns.Faults[0] with { HealedMs = null }]).Summary.Should().Be("bank unknown in kill-member 1: kill-member 1 was never healed.");

    [Fact]
    public void No_bank_and_no_fault_are_unknown()
    {
        Bank.Check(null, BankRuns.Faults).Kind.Should().Be(VerdictKind.Unknown);
        Bank.Check(BankRuns.Good(), []).Summary.Should().Contain("no fault was recorded");
    }

    [Fact]
    public void Over_several_faults_the_first_begin_and_the_last_heal_count()
    {
        Bank.Check(BankRuns.Good(), [.. BankRuns.Faults, new FaultWindow("kill-member 2", 8000, 9000)]).Kind.Should().Be(VerdictKind.Holds);
        Bank.Check(BankRuns.Good(), [.. BankRuns.Faults, new FaultWindow("kill-member 2", 8000, 9990)]).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Theory]
    [InlineData("good", VerdictKind.Holds)]
    [InlineData("stolen", VerdictKind.Broken)]
    [InlineData("dropped", VerdictKind.Broken)]
    [InlineData("unread", VerdictKind.Unknown)]
    public void Stored_histories_are_judged_as_they_were(string name, VerdictKind kind) =>
        Bank.Check(BankHistory.TryLoad(new RunStore(Repository.PathOf(Stored)), name), [new FaultWindow(name, 7600, 10_600)]).Kind.Should().Be(kind);

    [Fact]
    public void A_folder_without_a_bank_has_none() => BankHistory.TryLoad(new RunStore(Repository.PathOf(Stored)), "absent").Should().BeNull();

    private static BankHistory Transfers(Func<Operation, bool> keep) => BankRuns.Good() with { Transfers = [.. BankRuns.Good().Transfers.Where(keep)] };

    private static string Broken(BankHistory history)
    {
        var verdict = Bank.Check(history, BankRuns.Faults);
        verdict.Kind.Should().Be(VerdictKind.Broken);
        return verdict.Summary;
    }

    private static string Unknown(BankHistory history)
    {
        var verdict = Bank.Check(history, BankRuns.Faults);
        verdict.Kind.Should().Be(VerdictKind.Unknown);
        return verdict.Summary;
    }
}

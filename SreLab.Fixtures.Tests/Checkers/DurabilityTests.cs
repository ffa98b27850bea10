using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class DurabilityTests
{
    [Fact]
    public void A_run_that_kept_everything_holds()
    {
        var verdict = Durability.Check(Ledger.Good(), Ledger.Objectives);

        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.Measured.Should().Be("0 lost of 850");
        verdict.Details.Should().ContainSingle().Which.Should().Contain("1 indeterminate, of which 1 are present");
    }

    [Fact]
    public void One_acknowledged_id_absent_on_one_member_is_a_loss()
    {
        var verdict = Durability.Check(Ledger.Good().With("pg-3", ids => ids.Where(id => id != 42)), Ledger.Objectives);

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Measured.Should().Be("1 lost of 850");
        verdict.Details.Should().ContainSingle().Which.Should().Contain("1 lost: 42 absent on pg-3");
    }

    [Fact]
    public void A_ledger_without_a_fault_is_judged_alike_and_unknown_without_one()
    {
        Durability.Undisturbed(Ledger.Good(), Ledger.Objectives).Kind.Should().Be(VerdictKind.Holds);
        Durability.Undisturbed(Ledger.Good().With("pg-3", ids => ids.Where(id => id != 42)), Ledger.Objectives).Kind.Should().Be(VerdictKind.Broken);
        Durability.Undisturbed(null, Ledger.Objectives).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void An_id_that_nobody_attempted_is_unexpected() =>
        Broken(Ledger.Good().With("pg-1", ids => ids.Append(999_999))).Should().Contain("1 unexpected");

    [Fact]
    public void A_refused_id_that_is_there_means_that_a_refusal_cannot_be_trusted() =>
        Broken(Ledger.Good().With("pg-1", ids => ids.Append(550))).Should().Contain("1 refused but present");

    [Fact]
    public void An_id_that_is_there_twice_is_a_duplicate() =>
        Broken(Ledger.Good().With("pg-2", ids => ids.Append(42))).Should().Contain("1 duplicated");

    [Fact]
    public void An_indeterminate_write_on_some_members_only_is_a_divergence() =>
        Broken(Ledger.Good().With("pg-1", ids => ids.Where(id => id != 500))).Should().Contain("1 diverged");

    [Fact]
    public void An_indeterminate_write_that_is_nowhere_is_nobodys_loss()
    {
        var history = Ledger.Good();
        foreach (var member in history.ReadBack.Keys)
        {
            history = history.With(member, ids => ids.Where(id => id != 500));
        }

        Durability.Check(history, Ledger.Objectives).Kind.Should().Be(VerdictKind.Holds);
    }

    [Fact]
    public void A_member_that_was_not_read_back_leaves_it_unknown()
    {
        var history = Ledger.Good();
        Unknown(history with { ReadBack = history.ReadBack.Where(r => r.Key != "pg-3").ToDictionary() }).Should().Contain("pg-3 was not read back");
    }

    [Fact]
    public void A_loss_counts_even_where_another_member_was_not_read_back()
    {
        var history = Ledger.Good().With("pg-1", ids => ids.Where(id => id != 42));
        Broken(history with { ReadBack = history.ReadBack.Where(r => r.Key != "pg-3").ToDictionary() }).Should().Contain("1 lost");
    }

    [Fact]
    public void A_quiet_run_is_no_evidence() =>
        Unknown(Ledger.Good().WithOperations(o => o.EndedMs > Ledger.InjectedMs || o.Id % 2 == 0), onlyKept: true).Should().Contain("49.7 writes/s before the fault; 80 are needed");

    [Fact]
    public void No_acknowledged_write_at_all_is_no_evidence() =>
        Unknown(Ledger.Good().WithOperations(o => o.Outcome != Outcome.Acknowledged), onlyKept: true).Should().Contain("no write was acknowledged at all");

    [Fact]
    public void No_acknowledged_write_after_the_fault_is_no_evidence() =>
        Unknown(Ledger.Good().WithOperations(o => o.EndedMs < Ledger.InjectedMs), onlyKept: true).Should().Contain("no write was acknowledged after the fault");

    [Fact]
    public void A_torn_history_is_no_evidence() =>
        Unknown(Ledger.Good() with { IsTorn = true }).Should().Contain("lost its last line");

    [Fact]
    public void Over_all_faults_the_broken_one_decides_and_the_losses_are_counted()
    {
        var verdict = Durability.CheckAll([Ledger.Good(), Ledger.Good(FaultKinds.KillMember).With("pg-3", ids => ids.Skip(2))], Ledger.Objectives);

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Measured.Should().Be("2 lost of 1,700 over 2 faults");
        Durability.CheckAll([], Ledger.Objectives).Kind.Should().Be(VerdictKind.Unknown);
    }

    private static string Broken(FaultHistory history)
    {
        var verdict = Durability.Check(history, Ledger.Objectives);
        verdict.Kind.Should().Be(VerdictKind.Broken);
        return verdict.Summary;
    }

    private static string Unknown(FaultHistory history, bool onlyKept = false)
    {
        if (onlyKept)
        {
            var kept = history.Operations.Select(o => o.Id).ToHashSet();
            history = history with { ReadBack = history.ReadBack.ToDictionary(r => r.Key, r => (IReadOnlyList<long>)[.. r.Value.Where(kept.Contains)]) };
        }

        var verdict = Durability.Check(history, Ledger.Objectives);
        verdict.Kind.Should().Be(VerdictKind.Unknown);
        return verdict.Summary;
    }
}

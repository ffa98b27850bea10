using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class HealTests
{
    private static readonly FaultRecord Good = Ledger.Good().Record;

    [Fact]
    public void A_healed_fault_holds_in_every_respect()
    {
        Promotion.Check(Good).Kind.Should().Be(VerdictKind.Holds);
        Rejoin.Check(Good).Kind.Should().Be(VerdictKind.Holds);
        ContentAgreement.Check(Good).Kind.Should().Be(VerdictKind.Holds);
    }

    [Fact]
    public void Nobody_promoted_is_broken() =>
        Promotion.Check(Good with { PromotedMs = null, NewPrimary = "none" }).Summary.Should().Be("promotion broken in kill-postmaster 1: no standby left recovery after pg-1 was lost.");

    [Fact]
    public void A_primary_that_restarted_in_place_is_no_promotion() =>
        Promotion.Check(Good with { NewPrimary = "pg-1", TimelineAfter = 1 }).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void A_new_primary_on_the_old_timeline_is_no_promotion() =>
        Promotion.Check(Good with { TimelineAfter = 1 }).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void An_old_primary_that_does_not_stream_is_named()
    {
        var members = Good.MembersAfter.Select(m => m.Name == "pg-1" ? m with { Role = "unknown", State = "unreachable", Timeline = 0 } : m).ToList();

        Rejoin.Check(Good with { MembersAfter = members, HealedMs = null }).Summary.Should().Be("rejoin broken in kill-postmaster 1: pg-1 is unknown unreachable on timeline 0.");
    }

    [Fact]
    public void A_missing_member_and_a_second_primary_are_broken()
    {
        Rejoin.Check(Good with { MembersAfter = [.. Good.MembersAfter.Where(m => m.Name != "pg-1")] }).Summary.Should().Contain("pg-1 is gone");
        Rejoin.Check(Good with { MembersAfter = [.. Good.MembersAfter.Select(m => m with { Role = "primary" })] }).Summary.Should().Contain("3 primaries");
    }

    [Fact]
    public void A_standby_left_on_the_old_timeline_is_broken() =>
        Rejoin.Check(Good with { MembersAfter = [.. Good.MembersAfter.Select(m => m.Name == "pg-3" ? m with { Timeline = 1 } : m)] }).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void A_table_that_differs_on_one_member_is_named()
    {
        var hashes = Good.HashesByMember.ToDictionary(m => m.Key, m => m.Value);
        hashes["pg-3"] = new Dictionary<string, string> { ["srelab.orders"] = "other", ["srelab.invoices"] = "def" };

        var verdict = ContentAgreement.Check(Good with { HashesByMember = hashes });

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Summary.Should().Be("content differs after kill-postmaster 1: srelab.orders: pg-1 abc, pg-2 abc, pg-3 other.");
    }

    [Fact]
    public void A_table_absent_on_one_member_is_a_difference() =>
        ContentAgreement.Check(Good with { HashesByMember = Good.HashesByMember.ToDictionary(m => m.Key, m => m.Key == "pg-1" ? new Dictionary<string, string>() : m.Value) })
            .Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void A_table_that_was_written_and_is_on_no_member_is_a_difference()
    {
        ContentAgreement.Check(Good, "srelab.bank").Summary.Should().Be("content differs after kill-postmaster 1: srelab.bank: pg-1 absent, pg-2 absent, pg-3 absent.");
        ContentAgreement.Check(Good, "srelab.orders").Kind.Should().Be(VerdictKind.Holds);
        ContentAgreement.Check(Good with { HashesByMember = new Dictionary<string, IReadOnlyDictionary<string, string>>() }, "srelab.bank").Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void Nothing_hashed_or_a_member_not_hashed_is_unknown()
    {
        ContentAgreement.Check(Good with { HashesByMember = new Dictionary<string, IReadOnlyDictionary<string, string>>() }).Kind.Should().Be(VerdictKind.Unknown);
        ContentAgreement.Check(Good with { HashesByMember = Good.HashesByMember.Where(m => m.Key != "pg-1").ToDictionary() }).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void No_fault_and_no_members_are_unknown()
    {
        Promotion.CheckAll([]).Kind.Should().Be(VerdictKind.Unknown);
        Rejoin.CheckAll([]).Kind.Should().Be(VerdictKind.Unknown);
        ContentAgreement.CheckAll([]).Kind.Should().Be(VerdictKind.Unknown);
        Rejoin.Check(Good with { MembersAfter = [] }).Kind.Should().Be(VerdictKind.Unknown);
    }
}

using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class SeededRowsTests
{
    [Fact]
    public void A_seed_as_asked_holds_in_every_respect() =>
        Judge(StageRecords.Seed()).Should().OnlyContain(v => v.Kind == VerdictKind.Holds);

    [Fact]
    public void A_database_that_was_not_seeded_is_unknown_in_every_respect() =>
        Judge(null).Should().OnlyContain(v => v.Kind == VerdictKind.Unknown && v.Summary == "the database was not seeded in this run");

    [Theory]
    [InlineData(100, false, VerdictKind.Holds)]
    [InlineData(99, false, VerdictKind.Broken)]
    [InlineData(101, false, VerdictKind.Broken)]
    [InlineData(101, true, VerdictKind.Holds)]
    [InlineData(99, true, VerdictKind.Broken)]
    public void Rows_are_exact_right_after_a_load_and_never_fewer_later(long rowsOfOneTable, bool wasSeeded, VerdictKind expected) =>
        SeededRows.Count(StageRecords.Seed().With("shop.t3", t => t with { Rows = rowsOfOneTable }) with { WasSeeded = wasSeeded }).Kind.Should().Be(expected);

    [Fact]
    public void Ten_tables_of_which_two_have_the_same_shape_are_nine_different_ones() =>
        SeededRows.Count(StageRecords.Seed().With("shop.t3", t => t with { Columns = ["id", "c0"] }))
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Measured = "1,000 rows, 9 different tables" });

    [Fact]
    public void An_empty_table_does_not_count_as_one_of_ten()
    {
        var seed = StageRecords.Seed().With("shop.t1", t => t with { Rows = 0 }).With("shop.t2", t => t with { Rows = 200 });

        SeededRows.Count(seed).Kind.Should().Be(VerdictKind.Broken);
    }

    [Fact]
    public void A_row_that_points_nowhere_and_a_key_not_validated_are_named()
    {
        var seed = StageRecords.Seed();
        var key = seed.ForeignKeys[0];

        SeededRows.ForeignKeys(seed with { ForeignKeys = [key with { Orphans = 2 }, .. seed.ForeignKeys.Skip(1)] })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Measured = "9 keys, 2 orphans", Details = new[] { "shop.t2 to shop.t1: 2 rows point nowhere" } });
        SeededRows.ForeignKeys(seed with { ForeignKeys = [key with { Validated = false }, .. seed.ForeignKeys.Skip(1)] })
            .Details.Should().Equal("shop.t2 to shop.t1: not validated, 0 rows point nowhere");
    }

    [Fact]
    public void A_table_without_any_relation_is_named_although_its_name_begins_another() =>
        SeededRows.ForeignKeys(StageRecords.Seed() with
        {
            // shop.t1 stands alone now, while shop.t10 still has its key.
            ForeignKeys = [.. StageRecords.Seed().ForeignKeys.Skip(1)],
        }).Details.Should().Equal("shop.t1 has no foreign key and none points to it");

    [Fact]
    public void No_foreign_key_at_all_is_unknown() =>
        SeededRows.ForeignKeys(StageRecords.Seed() with { ForeignKeys = [] }).Kind.Should().Be(VerdictKind.Unknown);

    [Fact]
    public void A_table_that_differs_or_is_absent_on_one_member_is_broken()
    {
        SeededRows.SameOnEveryMember(StageRecords.Seed().With("shop.t4", t => t with { HashByMember = Hashes(t, "pg-2", "other") }))
            .Summary.Should().Be("content differs after the seed: shop.t4: pg-1 hash of shop.t4, pg-2 other, pg-3 hash of shop.t4.");
        SeededRows.SameOnEveryMember(StageRecords.Seed().With("shop.t4", t => t with { HashByMember = Hashes(t, "pg-2", null) }))
            .Kind.Should().Be(VerdictKind.Broken);
    }

    [Fact]
    public void A_member_that_was_not_hashed_at_all_makes_it_unknown()
    {
        var seed = StageRecords.Seed();

        SeededRows.SameOnEveryMember(seed with { Tables = [.. seed.Tables.Select(t => t with { HashByMember = Hashes(t, "pg-3", null) })] })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, Summary = "content unknown after the seed: 2 of 3 members were hashed." });
        SeededRows.SameOnEveryMember(seed with { Members = 2, Tables = [.. seed.Tables.Select(t => t with { HashByMember = Hashes(t, "pg-3", null) })] })
            .Kind.Should().Be(VerdictKind.Holds, "the cluster has two members");
        SeededRows.SameOnEveryMember(seed with { Members = 4 }).Kind.Should().Be(VerdictKind.Unknown);
        SeededRows.SameOnEveryMember(seed with { Tables = [] }).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Theory]
    [InlineData(3, true, VerdictKind.Holds)]
    [InlineData(60, true, VerdictKind.Holds)]
    [InlineData(1, false, VerdictKind.Broken)]
    public void A_second_seed_says_that_nothing_was_to_do_however_long_it_takes(double seconds, bool saidUnchanged, VerdictKind expected) =>
        SeededRows.Again(StageRecords.Seed() with { SecondSeconds = seconds, SecondSaidUnchanged = saidUnchanged }).Kind.Should().Be(expected);

    [Theory]
    [InlineData("shop.t4", "other")]
    [InlineData("shop.t4", null)]
    [InlineData("shop.t11", "hash of shop.t11")]
    public void A_second_seed_that_changes_drops_or_adds_a_table_is_broken(string table, string? hash)
    {
        var after = StageRecords.Seed().HashesAfterSecond.Where(h => h.Key != table).ToDictionary();
        if (hash is not null)
        {
            after[table] = hash;
        }

        SeededRows.Again(StageRecords.Seed() with { HashesAfterSecond = after })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Details = new[] { table } });
    }

    [Fact]
    public void A_second_seed_after_which_nothing_was_hashed_is_unknown() =>
        SeededRows.Again(StageRecords.Seed() with { HashesAfterSecond = new Dictionary<string, string>() }).Kind.Should().Be(VerdictKind.Unknown);

    private static Dictionary<string, string> Hashes(TableRecord table, string member, string? hash) =>
        table.HashByMember.Where(h => h.Key != member || hash is not null).ToDictionary(h => h.Key, h => h.Key == member ? hash! : h.Value);

    private static List<Verdict> Judge(SeedRecord? seed) =>
        [SeededRows.Count(seed), SeededRows.ForeignKeys(seed), SeededRows.SameOnEveryMember(seed), SeededRows.Again(seed)];
}

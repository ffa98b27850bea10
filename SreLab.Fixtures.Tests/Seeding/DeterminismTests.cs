using FluentAssertions;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Seeding.Generation;

namespace SreLab.Fixtures.Tests.Seeding;

public sealed class DeterminismTests
{
    public static TheoryData<string> Tables => [.. SeedPlan.For(10_000, 1).RowsByTable.Keys];

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_same_seed_gives_the_same_bytes(string table) =>
        SeededRows.Bytes(SeedPlan.For(10_000, 7), table, 1024).Should().Equal(SeededRows.Bytes(SeedPlan.For(10_000, 7), table, 1024));

    [Theory]
    [MemberData(nameof(Tables))]
    public void Rows_do_not_depend_on_the_parts_in_which_they_are_made(string table)
    {
        var plan = SeedPlan.For(10_000, 7);

        SeededRows.Bytes(plan, table, 64).Should().Equal(SeededRows.Bytes(plan, table, 777));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Another_seed_gives_other_rows(string table)
    {
        if (table != "categories")
        {
            SeededRows.Bytes(SeedPlan.For(10_000, 7), table, 1024).Should().NotEqual(SeededRows.Bytes(SeedPlan.For(10_000, 8), table, 1024));
        }
    }

    [Fact]
    public void Any_row_can_be_made_without_those_before_it_at_any_size()
    {
        var plan = SeedPlan.For(SeedPlan.MostRows, 42);
        foreach (var source in RowSource.All(plan))
        {
            var buffer = new RowBuffer();
            source.Write(buffer, source.Units - 64, source.Units);
            buffer.Rows.Should().BePositive(source.Table);
            buffer.Length.Should().BeLessThan(64 * 12 * 300, source.Table);
        }
    }

    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        var plan = SeedPlan.For(SeedPlan.MostRows, 42);
        foreach (var source in RowSource.All(plan))
        {
            var buffer = new RowBuffer();
            WriteParts(source, buffer, 0, 4);
            var before = GC.GetAllocatedBytesForCurrentThread();
            WriteParts(source, buffer, 4, 40);

            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(16 * 1024, source.Table);
        }
    }

    private static void WriteParts(RowSource source, RowBuffer buffer, int from, int to)
    {
        for (var part = from; part < to && (part + 1) * 1024L <= source.Units; part++)
        {
            source.Write(buffer, part * 1024L, (part + 1) * 1024L);
            buffer.Clear();
        }
    }
}

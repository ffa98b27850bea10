using FluentAssertions;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Seeding.Generation;

namespace SreLab.Fixtures.Tests.Seeding;

public sealed class SeedPlanTests
{
    public static TheoryData<long> Totals =>
        [10_000, 10_001, 10_063, 12_345, 19_999, 65_536, 99_999, 100_000, 250_007, 999_999, 1_000_000, 1_000_001, 7_654_321, 10_000_000, 100_000_000];

    [Theory]
    [MemberData(nameof(Totals))]
    public void The_rows_of_all_tables_add_up_to_exactly_the_total(long rows)
    {
        foreach (var seed in new[] { 0, 1, 42, int.MaxValue })
        {
            SeedPlan.For(rows, seed).RowsByTable.Values.Sum().Should().Be(rows);
        }
    }

    [Theory]
    [MemberData(nameof(Totals))]
    public void Every_table_has_rows_and_items_are_the_largest(long rows)
    {
        var tables = SeedPlan.For(rows, 42).RowsByTable;

        tables.Should().HaveCount(12).And.OnlyContain(t => t.Value > 0);
        tables.Values.Max().Should().Be(tables["order_items"]);
        tables["payments"].Should().BeLessThan(tables["invoices"]).And.BeLessThan(tables["orders"]);
        tables["addresses"].Should().BeInRange(tables["customers"], 2 * tables["customers"]);
    }

    [Fact]
    public void A_source_writes_as_many_rows_as_the_plan_says()
    {
        foreach (var rows in new long[] { 10_000, 10_063, 23_456 })
        {
            var plan = SeedPlan.For(rows, 7);
            foreach (var source in RowSource.All(plan))
            {
                var buffer = new RowBuffer();
                source.Write(buffer, 0, source.Units);
                ((long)buffer.Rows).Should().Be(source.Rows).And.Be(plan.RowsByTable[source.Table], source.Table);
            }
        }
    }

    [Fact]
    public void The_rows_before_an_order_are_those_that_walking_there_counts()
    {
        var layout = new OrderLayout(42, 5_000);
        var walked = new OrderCounts(0, 0, 0, 0);
        for (var order = 0; order < layout.Orders; order++)
        {
            layout.Before(order).Should().Be(walked);
            walked += OrderCounts.Of(layout.Items(order), layout.State(order));
        }

        layout.Before(layout.Orders).Should().Be(walked);
    }

    [Theory]
    [InlineData(9_999)]
    [InlineData(100_000_001)]
    public void A_total_out_of_range_is_refused(long rows) =>
        FluentActions.Invoking(() => SeedPlan.For(rows, 42)).Should().Throw<ArgumentOutOfRangeException>();
}

using FluentAssertions;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Seeding.Generation;

namespace SreLab.Fixtures.Tests.Seeding;

public sealed class DistributionTests
{
    private static readonly SeededRows Rows = new(SeedPlan.For(60_000, 42));

    [Fact]
    public void A_fifth_of_the_products_sells_more_than_three_fifths() =>
        ShareOfTopFifth(Rows.Of("order_items").GroupBy(i => i.Number("product_id")), Rows.Plan.Products).Should().BeInRange(0.6, 0.75);

    [Fact]
    public void A_fifth_of_the_customers_orders_most() =>
        ShareOfTopFifth(Rows.Of("orders").GroupBy(o => o.Number("customer_id")), Rows.Plan.Customers).Should().BeInRange(0.5, 0.8);

    [Fact]
    public void Orders_come_mostly_by_day_and_hardly_at_night()
    {
        var byHour = Rows.Of("orders").ToLookup(o => o.Time("placed_at").Hour);
        var (night, evening) = (Enumerable.Range(1, 4).Sum(h => byHour[h].Count()), Enumerable.Range(18, 4).Sum(h => byHour[h].Count()));

        evening.Should().BeGreaterThan(15 * night);
        byHour.Should().HaveCount(24);
    }

    [Fact]
    public void Sundays_are_quieter_than_mondays()
    {
        var byDay = Rows.Of("orders").ToLookup(o => o.Time("placed_at").DayOfWeek);

        ((double)byDay[DayOfWeek.Sunday].Count() / byDay[DayOfWeek.Monday].Count()).Should().BeInRange(0.45, 0.75);
    }

    [Fact]
    public void Orders_rise_with_their_number_through_two_years()
    {
        var times = Rows.Of("orders").Select(o => o.Time("placed_at")).ToList();

        times.Should().BeInAscendingOrder();
        times[0].Should().BeBefore(new DateTimeOffset(2024, 1, 5, 0, 0, 0, TimeSpan.Zero));
        times[^1].Should().BeOnOrAfter(new DateTimeOffset(2025, 12, 28, 0, 0, 0, TimeSpan.Zero)).And.BeBefore(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Prices_lie_around_a_low_middle_with_a_long_tail()
    {
        var prices = Rows.Of("products").Select(p => p.Number("price_cents")).Order().ToList();

        prices[prices.Count / 2].Should().BeInRange(1_500, 4_000);
        prices[^1].Should().BeGreaterThan(8 * prices[prices.Count / 2]);
    }

    [Fact]
    public void Countries_have_their_shares()
    {
        var countries = Rows.Of("addresses").Select(a => a.Text("country")).ToList();

        countries.Distinct().Should().HaveCount(Countries.All.Count);
        (countries.Count(c => c == "US") / (double)countries.Count).Should().BeApproximately(0.55, 0.03);
    }

    [Fact]
    public void Recent_orders_are_open_and_old_ones_are_not()
    {
        var open = Rows.Of("orders").Where(o => o.Text("status") is "placed" or "invoiced" or "shipped").ToList();

        open.Should().NotBeEmpty().And.OnlyContain(o => o.Number("id") > 0.9 * Rows.Plan.Layout.Orders);
        Rows.Of("invoices").Count(i => i.Text("status") == "unpaid").Should().BeGreaterThan((int)(Rows.Plan.Layout.Orders / 20));
    }

    [Fact]
    public async Task Distinct_values_are_as_many_as_Bogus_makes()
    {
        var comparison = await GenerationComparison.RunAsync(6_000, TestContext.Current.CancellationToken);

        comparison.WorstDistinctDifference.Should().BeLessThan(0.05);
        comparison.Distinct.Values.Should().OnlyContain(d => d.Ours > 0);
        comparison.Ratio.Should().BeGreaterThan(1, "the goal of ten times is measured by make compare on a quiet machine");
    }

    private static double ShareOfTopFifth(IEnumerable<IGrouping<long, Row>> groups, long all)
    {
        var counts = groups.Select(g => g.Count()).OrderDescending().ToList();
        return counts.Take((int)(all / 5)).Sum() / (double)counts.Sum();
    }
}

using FluentAssertions;

namespace SreLab.Fixtures.Tests.Seeding;

public sealed class BusinessFactsTests
{
    private static readonly SeededRows Rows = SeededRows.Small;

    [Theory]
    [InlineData("products", "category_id", "categories")]
    [InlineData("products", "supplier_id", "suppliers")]
    [InlineData("inventory", "warehouse_id", "warehouses")]
    [InlineData("inventory", "product_id", "products")]
    [InlineData("addresses", "customer_id", "customers")]
    [InlineData("orders", "customer_id", "customers")]
    [InlineData("orders", "shipping_address_id", "addresses")]
    [InlineData("order_items", "order_id", "orders")]
    [InlineData("order_items", "product_id", "products")]
    [InlineData("invoices", "order_id", "orders")]
    [InlineData("invoices", "customer_id", "customers")]
    [InlineData("payments", "invoice_id", "invoices")]
    [InlineData("shipments", "order_id", "orders")]
    [InlineData("shipments", "warehouse_id", "warehouses")]
    public void A_foreign_key_points_to_a_row(string table, string column, string parent) =>
        Rows.Of(table).Should().OnlyContain(r => r.Number(column) >= 1 && r.Number(column) <= Rows.Plan.RowsByTable[parent]);

    [Theory]
    [InlineData("customers", "email")]
    [InlineData("products", "sku")]
    [InlineData("invoices", "number")]
    [InlineData("invoices", "order_id")]
    [InlineData("payments", "provider_reference")]
    [InlineData("payments", "invoice_id")]
    [InlineData("shipments", "order_id")]
    [InlineData("shipments", "tracking_number")]
    [InlineData("categories", "slug")]
    [InlineData("warehouses", "code")]
    public void A_value_comes_once(string table, string column) =>
        Rows.Of(table).Select(r => column.EndsWith("_id", StringComparison.Ordinal) ? $"{r.Number(column)}" : r.Text(column))
            .Should().OnlyHaveUniqueItems();

    [Theory]
    [InlineData("orders")]
    [InlineData("invoices")]
    [InlineData("payments")]
    [InlineData("shipments")]
    [InlineData("customers")]
    [InlineData("addresses")]
    [InlineData("products")]
    public void Ids_are_dense_from_one_on(string table) =>
        Rows.Of(table).Select(r => r.Number("id")).Should().Equal(Enumerable.Range(1, (int)Rows.Plan.RowsByTable[table]).Select(i => (long)i));

    [Fact]
    public void An_order_costs_what_its_items_cost()
    {
        var items = Rows.Of("order_items").ToLookup(i => i.Number("order_id"), i => i.Number("quantity") * i.Number("unit_price_cents"));

        Rows.Of("orders").Should().OnlyContain(o => o.Number("total_cents") == items[o.Number("id")].Sum() && o.Number("total_cents") > 0);
    }

    [Fact]
    public void Lines_of_an_order_count_from_one_and_name_different_products()
    {
        foreach (var order in Rows.Of("order_items").GroupBy(i => i.Number("order_id")))
        {
            order.Select(i => i.Number("line")).Should().Equal(Enumerable.Range(1, order.Count()).Select(i => (long)i));
            order.Select(i => i.Number("product_id")).Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void An_item_costs_what_the_product_costs_less_five_percent_from_ten_on()
    {
        var prices = Rows.Of("products").ToDictionary(p => p.Number("id"), p => p.Number("price_cents"));

        Rows.Of("order_items").Should().OnlyContain(i => i.Number("unit_price_cents") ==
            prices[i.Number("product_id")] - (i.Number("quantity") < 10 ? 0 : prices[i.Number("product_id")] / 20));
    }

    [Fact]
    public void An_order_goes_to_an_address_of_its_customer_who_signed_up_before()
    {
        var addresses = Rows.Of("addresses").ToDictionary(a => a.Number("id"), a => a.Number("customer_id"));
        var since = Rows.Of("customers").ToDictionary(c => c.Number("id"), c => c.Time("created_at"));

        Rows.Of("orders").Should().OnlyContain(o =>
            addresses[o.Number("shipping_address_id")] == o.Number("customer_id") && since[o.Number("customer_id")] < o.Time("placed_at"));
    }

    [Fact]
    public void An_invoice_is_for_the_whole_order_and_its_customer()
    {
        var orders = Rows.Of("orders").ToDictionary(o => o.Number("id"));

        Rows.Of("invoices").Should().OnlyContain(i =>
            i.Number("amount_cents") == orders[i.Number("order_id")].Number("total_cents")
            && i.Number("customer_id") == orders[i.Number("order_id")].Number("customer_id")
            && i.Time("issued_at") > orders[i.Number("order_id")].Time("placed_at")
            && i.Time("due_at") > i.Time("issued_at"));
    }

    [Fact]
    public void An_invoice_is_paid_exactly_when_there_is_a_payment_of_its_amount()
    {
        var payments = Rows.Of("payments").ToDictionary(p => p.Number("invoice_id"));
        foreach (var invoice in Rows.Of("invoices"))
        {
            var paid = payments.TryGetValue(invoice.Number("id"), out var payment);
            (invoice.Text("status") == "paid").Should().Be(paid);
            invoice.IsNull("paid_at").Should().Be(!paid);
            if (paid)
            {
                payment!.Number("amount_cents").Should().Be(invoice.Number("amount_cents"));
                payment.Time("received_at").Should().Be(invoice.Time("paid_at")).And.BeAfter(invoice.Time("issued_at"));
            }
        }
    }

    [Fact]
    public void What_is_shipped_or_delivered_has_a_shipment_after_the_order()
    {
        var shipments = Rows.Of("shipments").ToDictionary(s => s.Number("order_id"));
        foreach (var order in Rows.Of("orders"))
        {
            var status = order.Text("status");
            var shipped = shipments.TryGetValue(order.Number("id"), out var shipment);
            shipped.Should().Be(status is "shipped" or "delivered");
            if (shipped)
            {
                shipment!.Time("shipped_at").Should().BeAfter(order.Time("placed_at"));
                shipment.IsNull("delivered_at").Should().Be(status == "shipped");
            }
        }
    }
}

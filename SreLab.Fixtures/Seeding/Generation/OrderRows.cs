namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Orders.</summary>
internal sealed class OrderRows(SeedPlan plan, OrderBook orders)
    : RowSource("orders", "id, customer_id, shipping_address_id, status, total_cents, placed_at", plan.Layout.Orders, plan.Layout.Orders)
{
    private readonly Order _order = new();

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        for (var o = from; o < to; o++)
        {
            orders.Read(o, _order);
            orders.ReadItems(o, _order);
            row.Row(ColumnCount);
            row.Int64(_order.Id);
            row.Int64(_order.CustomerId);
            row.Int64(_order.ShippingAddressId);
            row.Text(_order.State.Status());
            row.Int64(_order.TotalCents);
            row.Time(_order.PlacedAt);
        }
    }
}

/// <summary>Items, counted off by orders.</summary>
internal sealed class OrderItemRows(SeedPlan plan, OrderBook orders)
    : RowSource("order_items", "order_id, line, product_id, quantity, unit_price_cents", plan.Counts.Items, plan.Layout.Orders)
{
    private readonly Order _order = new();

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        for (var o = from; o < to; o++)
        {
            orders.ReadItems(o, _order);
            for (var line = 0; line < _order.ItemCount; line++)
            {
                ref readonly var item = ref _order.Items[line];
                row.Row(ColumnCount);
                row.Int64(o + 1);
                row.Int16(line + 1);
                row.Int32(item.ProductId);
                row.Int16(item.Quantity);
                row.Int32(item.UnitPriceCents);
            }
        }
    }
}

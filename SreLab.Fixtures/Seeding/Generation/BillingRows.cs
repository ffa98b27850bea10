namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Invoices, counted off by orders.</summary>
internal sealed class InvoiceRows(SeedPlan plan, OrderBook orders, BillingDesk billing) : RowSource(
    "invoices", "id, order_id, customer_id, number, amount_cents, status, issued_at, due_at, paid_at", plan.Counts.Invoices, plan.Layout.Orders)
{
    private static readonly long NewYear2025 = OrderCalendar.Micros(2025, 1, 1);

    private readonly OrderLayout _layout = plan.Layout;
    private readonly Order _order = new();

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        var id = _layout.Before(from).Invoices;
        for (var o = from; o < to; o++)
        {
            if (!_layout.State(o).HasInvoice())
            {
                continue;
            }

            orders.Read(o, _order);
            orders.ReadItems(o, _order);
            var course = billing.Read(_order);

            row.Row(ColumnCount);
            row.Int64(++id);
            row.Int64(_order.Id);
            row.Int64(_order.CustomerId);
            row.BeginText();
            row.Put(Prefix(course.IssuedAt));
            row.PutNumber(id, 8);
            row.EndText();
            row.Int64(_order.TotalCents);
            row.Text(_order.State.InvoiceStatus());
            row.Time(course.IssuedAt);
            row.Time(course.DueAt);
            if (_order.State.IsPaid())
            {
                row.Time(course.PaidAt);
            }
            else
            {
                row.Null();
            }
        }
    }

    private static ReadOnlySpan<byte> Prefix(long issuedAt) =>
        issuedAt < NewYear2025 ? "INV-2024-"u8 : issuedAt < OrderCalendar.End ? "INV-2025-"u8 : "INV-2026-"u8;
}

/// <summary>Payments, one for every paid invoice; counted off by orders.</summary>
internal sealed class PaymentRows(SeedPlan plan, OrderBook orders, BillingDesk billing) : RowSource(
    "payments", "id, invoice_id, method, amount_cents, provider_reference, received_at", plan.Counts.Payments, plan.Layout.Orders)
{
    private readonly OrderLayout _layout = plan.Layout;
    private readonly Order _order = new();
    private readonly ulong _references = Draw.Stream(plan.Seed, Topic.References);

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        var before = _layout.Before(from);
        var (id, invoice) = (before.Payments, before.Invoices);
        for (var o = from; o < to; o++)
        {
            var state = _layout.State(o);
            invoice += state.HasInvoice() ? 1 : 0;
            if (!state.IsPaid())
            {
                continue;
            }

            orders.Read(o, _order);
            orders.ReadItems(o, _order);
            var course = billing.Read(_order);

            row.Row(ColumnCount);
            row.Int64(++id);
            row.Int64(invoice);
            row.Text(course.Method);
            row.Int64(_order.TotalCents);
            row.BeginText();
            row.Put("pay_"u8);

            // Rising, as providers' references are: the number makes it unique, the rest hard to guess.
            row.PutHex(((ulong)id << 32) | (Draw.Mix(unchecked(_references + (ulong)id)) >> 32));
            row.EndText();
            row.Time(course.PaidAt);
        }
    }
}

/// <summary>Shipments, one for every order that has left; counted off by orders.</summary>
internal sealed class ShipmentRows(SeedPlan plan, OrderBook orders, BillingDesk billing) : RowSource(
    "shipments", "id, order_id, warehouse_id, carrier, tracking_number, shipped_at, delivered_at", plan.Counts.Shipments, plan.Layout.Orders)
{
    private static readonly byte[][] Carriers =
        ["UPS"u8.ToArray(), "UPS"u8.ToArray(), "FedEx"u8.ToArray(), "FedEx"u8.ToArray(), "DHL"u8.ToArray(), "DPD"u8.ToArray(), "USPS"u8.ToArray()];

    private readonly OrderLayout _layout = plan.Layout;
    private readonly Order _order = new();
    private readonly int _warehouses = plan.Warehouses;
    private readonly ulong _references = Draw.Stream(plan.Seed, Topic.References);

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        var id = _layout.Before(from).Shipments;
        for (var o = from; o < to; o++)
        {
            if (!_layout.State(o).IsShipped())
            {
                continue;
            }

            orders.Read(o, _order);
            var course = billing.Read(_order);
            var draw = new Draw(_references, -1 - o);

            row.Row(ColumnCount);
            row.Int64(++id);
            row.Int64(_order.Id);
            row.Int32(draw.Below(_warehouses) + 1);
            row.Text(draw.Of(Carriers));
            row.BeginText();
            row.PutPattern("1Z##########"u8, ref draw);
            row.PutNumber(id, 9);
            row.EndText();
            row.Time(course.ShippedAt);
            if (_order.State.IsDelivered())
            {
                row.Time(course.DeliveredAt);
            }
            else
            {
                row.Null();
            }
        }
    }
}

namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>The rows of one table, in any part and any order.</summary>
/// <param name="table">Table of schema <c>shop</c>.</param>
/// <param name="columns">Columns in the order in which rows are written.</param>
/// <param name="rows">Rows in all.</param>
/// <param name="units">What rows are counted off by: orders for items, customers for addresses, else the rows themselves.</param>
internal abstract class RowSource(string table, string columns, long rows, long units)
{
    /// <summary>Table of schema <c>shop</c>.</summary>
    public string Table { get; } = table;

    /// <summary>Column list, separated by commas.</summary>
    public string Columns { get; } = columns;

    /// <summary>How many columns.</summary>
    public short ColumnCount { get; } = (short)columns.Split(',').Length;

    /// <summary>Rows in all.</summary>
    public long Rows { get; } = rows;

    /// <summary>Units in all.</summary>
    public long Units { get; } = units;

    /// <summary>Writes the rows of some units. Not for several threads at once: each takes a source of its own.</summary>
    /// <param name="row">Where to.</param>
    /// <param name="from">First unit, 0-based.</param>
    /// <param name="to">Last unit + 1.</param>
    public abstract void Write(RowBuffer row, long from, long to);

    /// <summary>Every table of a plan, in the order in which foreign keys allow them.</summary>
    public static IReadOnlyList<RowSource> All(SeedPlan plan)
    {
        var orders = new OrderBook(plan);
        var billing = new BillingDesk(plan.Seed);
        return
        [
            new CategoryRows(plan), new SupplierRows(plan), new WarehouseRows(plan), new ProductRows(plan), new InventoryRows(plan),
            new CustomerRows(plan), new AddressRows(plan),
            new OrderRows(plan, orders), new OrderItemRows(plan, orders),
            new InvoiceRows(plan, orders, billing), new PaymentRows(plan, orders, billing), new ShipmentRows(plan, orders, billing),
        ];
    }
}

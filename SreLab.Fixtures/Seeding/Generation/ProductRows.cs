namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Products.</summary>
internal sealed class ProductRows(SeedPlan plan) : RowSource(
    "products", "id, category_id, supplier_id, sku, name, description, price_cents, weight_grams, active, created_at", plan.Products, plan.Products)
{
    private static readonly long Since = OrderCalendar.Micros(2021, 1, 1);

    private readonly int _seed = plan.Seed;
    private readonly int _suppliers = plan.Suppliers;
    private readonly ulong _stream = Draw.Stream(plan.Seed, Topic.Products);
    private readonly Assortment _assortment = new(plan);

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        var words = Vocabulary.Shared;
        for (var i = from; i < to; i++)
        {
            var draw = new Draw(_stream, i);
            var adjective = draw.Of(words.ProductAdjectives);
            var material = draw.Of(words.ProductMaterials);
            var noun = draw.Below(SeedPlan.Departments * SeedPlan.CategoriesPerDepartment);
            var supplier = draw.Unit();

            row.Row(ColumnCount);
            row.Int32((int)i + 1);
            row.Int32(SeedPlan.Departments + noun + 1);
            row.Int32((int)(supplier * supplier * _suppliers) + 1);

            row.BeginText();
            row.PutPattern("???-"u8, ref draw);
            row.PutNumber(i + 1, 6);
            row.Put((byte)'-');
            row.PutNumber((long)(Draw.Mix((ulong)(i + _seed)) % 97), 2);
            row.EndText();

            row.BeginText();
            row.Put(adjective);
            row.Put((byte)' ');
            row.Put(material);
            row.Put((byte)' ');
            row.Put(words.ProductNouns[noun % words.ProductNouns.Length]);
            row.EndText();

            row.Text(draw.Of(words.ProductDescriptions));
            row.Int32(_assortment.PriceCents(i + 1));
            row.Int32(50 + (int)(draw.Unit() * draw.Unit() * draw.Unit() * 30_000));
            row.Bool(draw.Percent(95));
            row.Time(Since + draw.Below(OrderCalendar.Start - Since));
        }
    }
}

/// <summary>What lies in which warehouse: every product in a few of them, side by side.</summary>
internal sealed class InventoryRows(SeedPlan plan)
    : RowSource("inventory", "warehouse_id, product_id, quantity, reorder_level, updated_at", plan.Inventory, plan.Inventory)
{
    private readonly int _perProduct = plan.StockPerProduct;
    private readonly int _warehouses = plan.Warehouses;
    private readonly ulong _stream = Draw.Stream(plan.Seed, Topic.Inventory);

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        for (var i = from; i < to; i++)
        {
            var (product, place) = Math.DivRem(i, _perProduct);
            var first = new Draw(_stream, -1 - product).Below(_warehouses);
            var draw = new Draw(_stream, i);
            var level = 5 + draw.Below(45);

            row.Row(ColumnCount);
            row.Int32((int)((first + place) % _warehouses) + 1);
            row.Int32((int)product + 1);
            row.Int32(draw.Percent(3) ? 0 : draw.Below(level * 12));
            row.Int32(level);
            row.Time(OrderCalendar.End - draw.Below(30 * OrderCalendar.Day) - 1);
        }
    }
}

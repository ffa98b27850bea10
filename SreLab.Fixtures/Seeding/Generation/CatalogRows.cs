namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Departments, then the categories within them.</summary>
internal sealed class CategoryRows(SeedPlan plan) : RowSource("categories", "id, parent_id, name, slug", plan.Categories, plan.Categories)
{
    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        var words = Vocabulary.Shared;
        for (var i = (int)from; i < to; i++)
        {
            var (department, noun) = i < SeedPlan.Departments
                ? (i, -1)
                : ((i - SeedPlan.Departments) / SeedPlan.CategoriesPerDepartment, i - SeedPlan.Departments);

            row.Row(ColumnCount);
            row.Int32(i + 1);
            if (noun < 0)
            {
                row.Null();
            }
            else
            {
                row.Int32(department + 1);
            }

            row.BeginText();
            PutName(row, words, department, noun, slug: false);
            row.EndText();
            row.BeginText();
            PutName(row, words, department, noun, slug: true);
            row.EndText();
        }
    }

    private static void PutName(RowBuffer row, Vocabulary words, int department, int noun, bool slug)
    {
        Put(row, words.Departments[department % words.Departments.Length], slug);
        if (noun >= 0)
        {
            row.Put(slug ? (byte)'-' : (byte)' ');
            Put(row, words.ProductNouns[noun % words.ProductNouns.Length], slug);
        }
    }

    private static void Put(RowBuffer row, byte[] word, bool slug)
    {
        foreach (var letter in word)
        {
            row.Put(slug ? letter == ' ' ? (byte)'-' : (byte)char.ToLowerInvariant((char)letter) : letter);
        }
    }
}

/// <summary>Suppliers.</summary>
internal sealed class SupplierRows(SeedPlan plan)
    : RowSource("suppliers", "id, name, contact_email, country, lead_time_days, created_at", plan.Suppliers, plan.Suppliers)
{
    private static readonly long Since = OrderCalendar.Micros(2018, 1, 1);

    private readonly ulong _stream = Draw.Stream(plan.Seed, Topic.Suppliers);

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        var words = Vocabulary.Shared;
        for (var i = from; i < to; i++)
        {
            var draw = new Draw(_stream, i);
            row.Row(ColumnCount);
            row.Int32((int)i + 1);
            row.BeginText();
            words.PutCompany(row, ref draw);
            row.EndText();
            row.BeginText();
            row.Put("sales"u8);
            row.PutNumber(i + 1);
            row.Put((byte)'@');
            row.Put(draw.Of(words.MailDomains));
            row.EndText();
            row.Text(Countries.Draw(ref draw).Code);
            row.Int16(2 + draw.Below(14) + (draw.Percent(15) ? draw.Below(60) : 0));
            row.Time(Since + draw.Below(3 * 365 * OrderCalendar.Day));
        }
    }
}

/// <summary>Warehouses.</summary>
internal sealed class WarehouseRows(SeedPlan plan) : RowSource("warehouses", "id, code, city, country", plan.Warehouses, plan.Warehouses)
{
    private readonly ulong _stream = Draw.Stream(plan.Seed, Topic.Warehouses);

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        for (var i = from; i < to; i++)
        {
            var draw = new Draw(_stream, i);
            var country = Countries.Draw(ref draw);
            row.Row(ColumnCount);
            row.Int32((int)i + 1);
            row.BeginText();
            row.Put(country.Code);
            row.Put((byte)'-');
            row.PutNumber(i + 1, 2);
            row.EndText();
            row.BeginText();
            Vocabulary.Shared.PutCity(row, ref draw);
            row.EndText();
            row.Text(country.Code);
        }
    }
}

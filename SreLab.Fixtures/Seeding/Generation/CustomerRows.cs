namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Customers.</summary>
internal sealed class CustomerRows(SeedPlan plan)
    : RowSource("customers", "id, email, first_name, last_name, phone, segment, created_at", plan.Customers, plan.Customers)
{
    private readonly SeedPlan _plan = plan;
    private readonly ulong _stream = Draw.Stream(plan.Seed, Topic.Customers);

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        var words = Vocabulary.Shared;
        for (var i = from; i < to; i++)
        {
            var draw = new Draw(_stream, i);
            var first = draw.Below(words.FirstNames.Length);
            var last = draw.Below(words.LastNames.Length);

            row.Row(ColumnCount);
            row.Int64(i + 1);
            row.BeginText();
            row.Put(words.MailFirstNames[first]);
            row.Put(draw.Percent(60) ? (byte)'.' : (byte)'_');
            row.Put(words.MailLastNames[last]);
            row.PutNumber(i + 1);
            row.Put((byte)'@');
            row.Put(draw.Of(words.MailDomains));
            row.EndText();
            row.Text(words.FirstNames[first]);
            row.Text(words.LastNames[last]);
            row.BeginText();
            row.PutPattern(draw.Of(words.PhoneFormats), ref draw);
            row.EndText();
            row.Text(draw.Percent(82) ? "private"u8 : "company"u8);
            row.Time(OrderBook.CustomerSince(_plan, i, draw.Unit()));
        }
    }
}

/// <summary>A billing address for every customer, a shipping address too for many; counted off by customers.</summary>
internal sealed class AddressRows(SeedPlan plan)
    : RowSource("addresses", "id, customer_id, kind, street, city, postal_code, country", plan.Addresses, plan.Customers)
{
    private readonly SeedPlan _plan = plan;
    private readonly ulong _stream = Draw.Stream(plan.Seed, Topic.Addresses);

    /// <inheritdoc />
    public override void Write(RowBuffer row, long from, long to)
    {
        var words = Vocabulary.Shared;
        for (var customer = from; customer < to; customer++)
        {
            var draw = new Draw(_stream, customer);
            var country = Countries.Draw(ref draw);
            var id = _plan.AddressesBefore(customer);
            var end = _plan.AddressesBefore(customer + 1);
            for (var billing = true; id < end; billing = false)
            {
                row.Row(ColumnCount);
                row.Int64(++id);
                row.Int64(customer + 1);
                row.Text(billing ? "billing"u8 : "shipping"u8);
                row.BeginText();
                words.PutStreet(row, ref draw);
                row.EndText();
                row.BeginText();
                words.PutCity(row, ref draw);
                row.EndText();
                row.BeginText();
                row.PutPattern(country.PostalCode, ref draw);
                row.EndText();
                row.Text(country.Code);
            }
        }
    }
}

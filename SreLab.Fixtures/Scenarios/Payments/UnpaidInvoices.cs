using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Payments;

/// <summary>Invoices that nobody has paid and nobody was asked to pay; more are written when the seed has too few.</summary>
internal static class UnpaidInvoices
{
    private const string Choose =
        """
        select i.id, i.amount_cents from shop.invoices i
        where i.status = 'unpaid' and i.amount_cents > 0
          and not exists (select from invoicing.payment_orders o where o.invoice_id = i.id)
          and not exists (select from shop.payments p where p.invoice_id = i.id)
        order by i.id limit $1
        """;

    /// <summary>Orders and invoices as the shop writes them, each of a customer that exists. The numbers begin as no other's do.</summary>
    private const string Add =
        """
        with ordered as (
            insert into shop.orders (customer_id, shipping_address_id, status, total_cents, placed_at)
            select c.id, a.id, 'invoiced', 1000 + n % 9000, now()
            from generate_series(1, $1) n
            join shop.customers c on c.id = 1 + n % (select max(id) from shop.customers)
            join lateral (select id from shop.addresses where customer_id = c.id order by id limit 1) a on true
            returning id, customer_id, total_cents
        )
        insert into shop.invoices (order_id, customer_id, number, amount_cents, status, issued_at, due_at)
        select id, customer_id, 'PAY-' || id, total_cents, 'unpaid', now(), now() + interval '14 days' from ordered
        """;

    /// <summary>As many as asked, in the order of their ids.</summary>
    /// <exception cref="LabException">There are too few, and no more could be written.</exception>
    public static async Task<IReadOnlyList<long>> TakeAsync(ILab lab, int count, CancellationToken ct)
    {
        var ids = await ChooseAsync(lab, count, ct);
        if (ids.Count < count)
        {
            await AddAsync(lab, count - ids.Count, ct);
            ids = await ChooseAsync(lab, count, ct);
        }

        return ids.Count == count
            ? [.. ids.Keys.Order()]
            : throw new LabException(FormattableString.Invariant($"payments refused: {ids.Count:N0} invoices can be paid, {count:N0} were asked for.\n  fix          make seed, or fewer: PAYMENTS={ids.Count}"));
    }

    /// <summary>All of them, with what each is over, in cents.</summary>
    public static async Task<IReadOnlyDictionary<long, long>> AllAsync(ILab lab, CancellationToken ct) => await ChooseAsync(lab, int.MaxValue, ct);

    /// <summary>Writes more, until as many are unpaid; nothing happens when there are enough.</summary>
    public static async Task EnsureAsync(ILab lab, int count, CancellationToken ct)
    {
        var there = (long)(await AdminSql.RunAsync(lab, Place.ReadWrite, "select count(*) from shop.invoices where status = 'unpaid'", ct))!;
        if (there < count)
        {
            await AddAsync(lab, (int)(count - there), ct);
        }
    }

    private static async Task AddAsync(ILab lab, int count, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(lab.ConnectionString(Place.ReadWrite, DatabaseUser.App));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(Add, connection) { CommandTimeout = 120, Parameters = { new NpgsqlParameter<int> { TypedValue = count } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<Dictionary<long, long>> ChooseAsync(ILab lab, int count, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(Choose, connection) { CommandTimeout = 120, Parameters = { new NpgsqlParameter<int> { TypedValue = count } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new Dictionary<long, long>();
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetInt64(0), reader.GetInt64(1));
        }

        return ids;
    }
}

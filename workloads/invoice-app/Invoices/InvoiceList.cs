using Npgsql;
using SreLab.Workloads.ServiceDefaults.Database;

namespace SreLab.Workloads.InvoiceApp.Invoices;

/// <summary>Reads invoices.</summary>
/// <param name="database">Where they are.</param>
internal sealed class InvoiceList(DatabaseCalls database)
{
    private const string Columns = "id, number, order_id, customer_id, amount_cents, status, issued_at, due_at, paid_at";

    /// <summary>A part of the list, by id.</summary>
    /// <param name="request">Which part.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<InvoicePage> PageAsync(PageRequest request, CancellationToken ct)
    {
        // The status is part of the text, so that the index of unpaid invoices serves.
        var status = request.Paid switch { true => "status = 'paid' and ", false => "status = 'unpaid' and ", null => "" };
        return request.PageOf(await ReadAsync($"select {Columns} from shop.invoices where {status}id > $1 order by id limit $2", [request.After, (long)request.Limit + 1], ct));
    }

    /// <summary>One invoice; null when there is none with the id.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<Invoice?> FindAsync(long id, CancellationToken ct) =>
        (await ReadAsync($"select {Columns} from shop.invoices where id = $1", [id], ct)).FirstOrDefault();

    private Task<List<Invoice>> ReadAsync(string sql, long[] parameters, CancellationToken ct) => database.AgainAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = parameter });
            }

            var invoices = new List<Invoice>();
            await using var row = await command.ExecuteReaderAsync(token);
            while (await row.ReadAsync(token))
            {
                invoices.Add(new Invoice(
                    row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.GetDateTime(6), row.GetDateTime(7),
                    await row.IsDBNullAsync(8, token) ? null : row.GetDateTime(8)));
            }

            return invoices;
        },
        ct);
}

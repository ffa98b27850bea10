using Npgsql;
using SreLab.Workloads.ServiceDefaults.Database;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Books how an order ended. Each booking may be done again: it happens once.</summary>
/// <param name="database">Where orders, payments and invoices are.</param>
internal sealed class PaymentBook(DatabaseCalls database)
{
    // One transaction. The order's row is locked first, so that two bookings of it follow one another; the invoice is paid only while it
    // is unpaid, and only then has it a payment. Who paid it meanwhile in another way makes this order a conflict.
    private const string Book =
        """
        with due as materialized (
            select invoice_id, amount_cents from invoicing.payment_orders where invoice_id = $1 and state = 'pending' for update
        ), invoice as (
            update shop.invoices i set status = 'paid', paid_at = now() from due where i.id = due.invoice_id and i.status = 'unpaid' returning i.id
        ), payment as (
            insert into shop.payments (invoice_id, method, amount_cents, provider_reference, received_at)
            select due.invoice_id, 'card', due.amount_cents, $3, now() from due join invoice on invoice.id = due.invoice_id
        )
        update invoicing.payment_orders o
        set state = case when exists (select from invoice) then 'paid' else 'conflict' end, claim_id = $2, provider_reference = $3, settled_at = now()
        from due where o.invoice_id = due.invoice_id
        returning o.state
        """;

    private const string GiveUp =
        """
        update invoicing.payment_orders set state = $3, claim_id = $2, settled_at = now()
        where invoice_id = $1 and state = 'pending' returning state
        """;

    /// <summary>Books what the provider acknowledged: state <c>paid</c>, or <c>conflict</c> when the invoice was not unpaid any more.</summary>
    /// <param name="order">The order.</param>
    /// <param name="reference">The provider's reference.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<Settlement> PaidAsync(PaymentOrder order, string reference, CancellationToken ct) => BookAsync(Book, order, reference, ct);

    /// <summary>Books that the provider refused for good: state <c>rejected</c>.</summary>
    /// <param name="order">The order.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<Settlement> RejectedAsync(PaymentOrder order, CancellationToken ct) => BookAsync(GiveUp, order, "rejected", ct);

    /// <summary>Books that the invoice was paid in another way before the provider was called: state <c>superseded</c>.</summary>
    /// <param name="order">The order.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<Settlement> SupersededAsync(PaymentOrder order, CancellationToken ct) => BookAsync(GiveUp, order, "superseded", ct);

    private Task<Settlement> BookAsync(string sql, PaymentOrder order, string third, CancellationToken ct) => database.AgainAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = order.InvoiceId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = order.Claim });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = third });
            return await command.ExecuteScalarAsync(token) is string state ? new Settlement(state, true) : await ReadAsync(connection, order, token);
        },
        ct);

    // Nothing was pending: another claim was faster, or this one's first commit arrived although its answer did not.
    private static async Task<Settlement> ReadAsync(NpgsqlConnection connection, PaymentOrder order, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select state, claim_id = $2 from invoicing.payment_orders where invoice_id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = order.InvoiceId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = order.Claim });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new Settlement(row.GetString(0), row.GetBoolean(1))
            : throw new InvalidOperationException(FormattableString.Invariant($"the order of invoice {order.InvoiceId} is gone"));
    }
}

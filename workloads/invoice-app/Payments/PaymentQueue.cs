using Npgsql;
using SreLab.Workloads.ServiceDefaults.Database;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Orders that wait to be paid: claimed for the length of a lease, put back, given up.</summary>
/// <param name="database">Where they are.</param>
internal sealed class PaymentQueue(DatabaseCalls database)
{
    /// <summary>Claims orders that are due; what another instance claims at this moment is stepped over.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="lease">How long they are this instance's.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<List<PaymentOrder>> ClaimAsync(int most, TimeSpan lease, CancellationToken ct) => database.OnceAsync(
        async (connection, token) =>
        {
            var claim = Guid.CreateVersion7();
            await using var batch = new NpgsqlBatch(connection);
            // A claim that a failover loses costs one more call with the same key, and no money: it need not wait for a standby.
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('synchronous_commit', 'local', true)"));
            var update = new NpgsqlBatchCommand(
                """
                with due as (
                    select invoice_id from invoicing.payment_orders
                    where state = 'pending' and available_at <= now()
                    order by available_at limit $1 for update skip locked
                )
                update invoicing.payment_orders o set attempts = o.attempts + 1, claim_id = $2, available_at = now() + $3
                from due join shop.invoices i on i.id = due.invoice_id
                where o.invoice_id = due.invoice_id
                returning o.invoice_id, o.idempotency_key, o.amount_cents, o.correlation_id, o.attempts, i.status = 'unpaid'
                """);
            update.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
            update.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claim });
            update.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
            batch.BatchCommands.Add(update);

            var orders = new List<PaymentOrder>();
            await using var row = await batch.ExecuteReaderAsync(token);
            await row.NextResultAsync(token);
            while (await row.ReadAsync(token))
            {
                orders.Add(new PaymentOrder(row.GetInt64(0), row.GetGuid(1), row.GetInt64(2), row.GetString(3), row.GetInt32(4), row.GetBoolean(5), claim));
            }

            return orders;
        },
        ct);

    /// <summary>Puts an order back, to be tried again after a pause.</summary>
    /// <param name="order">The order.</param>
    /// <param name="pause">How long nobody tries it.</param>
    /// <param name="ct">Cancels it.</param>
    public Task PostponeAsync(PaymentOrder order, TimeSpan pause, CancellationToken ct) => database.AgainAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand(
                "update invoicing.payment_orders set available_at = now() + $3 where invoice_id = $1 and claim_id = $2 and state = 'pending'", connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = order.InvoiceId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = order.Claim });
            command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = pause });
            return await command.ExecuteNonQueryAsync(token);
        },
        ct);

    /// <summary>Gives up the leases of orders that nobody called the provider for.</summary>
    /// <param name="orders">The orders.</param>
    /// <param name="ct">Cancels it.</param>
    public Task ReleaseAsync(IReadOnlyList<PaymentOrder> orders, CancellationToken ct) => database.OnceAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand(
                """
                update invoicing.payment_orders o set available_at = now(), attempts = o.attempts - 1
                from unnest($1, $2) as released (invoice_id, claim_id)
                where o.invoice_id = released.invoice_id and o.claim_id = released.claim_id and o.state = 'pending'
                """,
                connection);
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. orders.Select(o => o.InvoiceId)] });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. orders.Select(o => o.Claim)] });
            return await command.ExecuteNonQueryAsync(token);
        },
        ct);

    /// <summary>How many orders of all runs wait to be paid.</summary>
    /// <param name="ct">Cancels it.</param>
    public Task<long> CountAsync(CancellationToken ct) => database.OnceAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select count(*) from invoicing.payment_orders where state = 'pending'", connection);
            return (long)(await command.ExecuteScalarAsync(token))!;
        },
        ct);
}

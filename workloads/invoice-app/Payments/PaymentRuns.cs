using Npgsql;
using NpgsqlTypes;
using SreLab.Workloads.ServiceDefaults.Database;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Requests to pay, and what became of them.</summary>
/// <param name="database">Where they are.</param>
internal sealed class PaymentRuns(DatabaseCalls database)
{
    private const int EnqueueSeconds = 60;

    /// <summary>Writes the orders of a run. Doing it again with the same run changes nothing.</summary>
    /// <param name="run">Id of the run.</param>
    /// <param name="correlationId">Under which request.</param>
    /// <param name="request">Which invoices.</param>
    public Task EnqueueAsync(Guid run, string correlationId, PayRequest request) => database.AgainLongAsync(
        async (connection, ct) =>
        {
            var named = request.InvoiceIds is null ? "" : "and i.id = any($4)";
            // An order that exists belongs to its first run. Nothing is owed on an invoice of 0 cents, so there is nothing to pay.
            // Both conflicts: a run that was written before, and one that writes the same invoice at this moment.
            await using var command = new NpgsqlCommand(
                $"""
                with run as (
                    insert into invoicing.payment_runs (id, correlation_id) values ($1, $2) on conflict do nothing returning id
                )
                insert into invoicing.payment_orders (invoice_id, run_id, amount_cents, correlation_id)
                select i.id, run.id, i.amount_cents, $2 from run, shop.invoices i
                where i.status = 'unpaid' and i.amount_cents > 0 {named}
                  and not exists (select from invoicing.payment_orders o where o.invoice_id = i.id)
                order by i.id limit $3
                on conflict do nothing
                """,
                connection);
            command.CommandTimeout = EnqueueSeconds;
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = run });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = correlationId });
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)request.Limit ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
            if (request.InvoiceIds is not null)
            {
                command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. request.InvoiceIds] });
            }

            return await command.ExecuteNonQueryAsync(ct);
        },
        CancellationToken.None);

    /// <summary>A run; null when there is none with the id.</summary>
    /// <param name="run">Id of the run.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<PaymentRun?> FindAsync(Guid run, CancellationToken ct) => database.AgainAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand(
                """
                select r.requested_at, r.correlation_id, count(o.invoice_id), count(*) filter (where o.state = 'paid'), count(*) filter (where o.state = 'pending'),
                       coalesce(sum(o.amount_cents) filter (where o.state = 'paid'), 0)::bigint
                from invoicing.payment_runs r left join invoicing.payment_orders o on o.run_id = r.id
                where r.id = $1 group by r.id
                """,
                connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = run });
            await using var row = await command.ExecuteReaderAsync(token);
            if (!await row.ReadAsync(token))
            {
                return null;
            }

            var (invoices, paid, pending) = (row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
            return new PaymentRun(run, row.GetDateTime(0), row.GetString(1), invoices, paid, pending, invoices - paid - pending, row.GetInt64(5));
        },
        ct);

    /// <summary>Whether nothing of a run is to be paid any more; cheaper than <see cref="FindAsync"/>.</summary>
    /// <param name="run">Id of the run.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<bool> IsFinishedAsync(Guid run, CancellationToken ct) => database.AgainAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select not exists (select from invoicing.payment_orders where run_id = $1 and state = 'pending')", connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = run });
            return (bool)(await command.ExecuteScalarAsync(token))!;
        },
        ct);
}

using Npgsql;
using SreLab.Workloads.ServiceDefaults.Database;

namespace SreLab.Workloads.PaymentProvider.Ledger;

/// <summary>What was accepted under which key; the database's primary key decides between callers that come at once.</summary>
/// <param name="database">Where it is.</param>
internal sealed class PaymentLedger(DatabaseCalls database)
{
    private const string Columns = "reference, idempotency_key, invoice_id, amount_cents, currency, accepted_at";

    /// <summary>Accepts a payment, or finds the one under its key. Tried once: whether a commit that broke off happened is for the caller's next call to learn.</summary>
    /// <param name="key">The caller's key.</param>
    /// <param name="request">What it wants.</param>
    /// <param name="correlationId">Of its request.</param>
    public Task<LedgerEntry> AcceptAsync(string key, PaymentRequest request, string correlationId) => database.OnceAsync(
        async (connection, ct) =>
        {
            await using var insert = new NpgsqlCommand(
                $"""
                insert into provider.payments (reference, idempotency_key, invoice_id, amount_cents, currency, correlation_id)
                values ($1, $2, $3, $4, $5, $6) on conflict (idempotency_key) do nothing returning {Columns}
                """,
                connection);
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"pay-{Guid.CreateVersion7():N}" });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = request.InvoiceId });
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = request.AmountCents });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Currency });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = correlationId });
            if (await ReadAsync(insert, ct) is { } accepted)
            {
                return new LedgerEntry(accepted, true);
            }

            var before = await FindAsync(connection, key, ct) ?? throw new InvalidOperationException($"the payment under {key} is gone");
            return new LedgerEntry(before, false);
        },
        CancellationToken.None);

    /// <summary>What was accepted under a key; null when nothing was.</summary>
    /// <param name="key">The key.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<AcceptedPayment?> FindAsync(string key, CancellationToken ct) =>
        database.AgainAsync((connection, token) => FindAsync(connection, key, token), ct);

    private static async Task<AcceptedPayment?> FindAsync(NpgsqlConnection connection, string key, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand($"select {Columns} from provider.payments where idempotency_key = $1", connection);
        select.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        return await ReadAsync(select, ct);
    }

    private static async Task<AcceptedPayment?> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new AcceptedPayment(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.GetDateTime(5))
            : null;
    }
}

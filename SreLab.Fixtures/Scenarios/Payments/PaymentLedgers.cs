using Npgsql;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.WorkloadProofs;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Payments;

/// <summary>Reads both ledgers, the app's and the provider's, on every member.</summary>
internal static class PaymentLedgers
{
    /// <summary>The provider's own ledger.</summary>
    public const string OfProvider = "provider.payments";

    private const string Read =
        $"""
        with asked as (select unnest($1) as id),
          orders as (
            select invoice_id, count(*) as rows, count(*) filter (where state = 'paid' and provider_reference is not null) as acknowledged
            from invoicing.payment_orders where invoice_id = any($1) group by invoice_id),
          paid as (select invoice_id, count(*) as rows, sum(amount_cents)::bigint as cents from shop.payments where invoice_id = any($1) group by invoice_id),
          accepted as (select invoice_id, count(*) as rows, sum(amount_cents)::bigint as cents from {OfProvider} where invoice_id = any($1) group by invoice_id)
        select i.id, i.amount_cents, i.status, coalesce(o.rows, 0), coalesce(o.acknowledged, 0), coalesce(p.rows, 0), coalesce(p.cents, 0), coalesce(a.rows, 0), coalesce(a.cents, 0)
        from asked join shop.invoices i on i.id = asked.id
        left join orders o on o.invoice_id = i.id left join paid p on p.invoice_id = i.id left join accepted a on a.invoice_id = i.id
        order by i.id
        """;

    /// <summary>Writes what each member holds of these invoices to a file of its own.</summary>
    /// <returns>The files, relative to the run, by member.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(ILab lab, long[] invoices, HistoryClock clock, RunStore store, CancellationToken ct)
    {
        var files = new Dictionary<string, string>();
        foreach (var member in lab.Members)
        {
            var file = $"{Stages.Workloads}/ledgers-{member.Name}.jsonl";
            await using var rows = new HistoryWriter<InvoiceLedger>(store.PathOf(file), new HistoryHeader(clock.StartedUtc, 1, 0, 0));
            await using var connection = ProvenConnections.Create(lab.ConnectionString(Place.On(member), DatabaseUser.Admin));
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand(Read, connection) { CommandTimeout = 120, Parameters = { new NpgsqlParameter<long[]> { TypedValue = invoices } } };
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Append(new InvoiceLedger(
                    reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6),
                    reader.GetInt64(7), reader.GetInt64(8)));
            }

            files[member.Name] = file;
        }

        return files;
    }

    /// <summary>Payments of the provider's ledger for invoices that are not paid; those of probes are for no invoice at all.</summary>
    public static async Task<long> StraysAsync(ILab lab, CancellationToken ct) => (long)(await AdminSql.RunAsync(
        lab,
        Place.ReadWrite,
        $"""
        select count(*) from {OfProvider} a
        where a.invoice_id < {ContractProbe.FirstProbeInvoice.ToString(System.Globalization.CultureInfo.InvariantCulture)}
          and not exists (select from shop.invoices i where i.id = a.invoice_id and i.status = 'paid')
        """,
        ct))!;
}

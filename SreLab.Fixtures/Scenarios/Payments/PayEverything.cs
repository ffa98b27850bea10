using Npgsql;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Scenarios.WorkloadProofs;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.Payments;

/// <summary>One order that names no invoice, on healthy workloads; afterwards the API's own lists are read to their ends.</summary>
internal sealed class PayEverything(LabFixture fixture)
{
    private readonly HistoryClock _clock = new();
    private readonly ILab _lab = fixture.Lab;

    /// <summary>Carries it out.</summary>
    /// <exception cref="LabException">The order was not taken, or the run was never seen.</exception>
    public async Task<AllPaidRecord> RunAsync(CancellationToken ct)
    {
        await UnpaidInvoices.EnsureAsync(_lab, AllInvoicesPaid.LeastInvoices, ct);
        await _lab.Workloads.DeployAsync(WorkloadPlan.Healthy, fixture.Progress, ct);
        var unpaid = await UnpaidInvoices.AllAsync(_lab, ct);
        fixture.Progress.Say(FormattableString.Invariant($"payments: one order for all {unpaid.Count:N0} unpaid invoices"));

        var orderedMs = _clock.NowMs;
        using var run = await PaymentRun.OrderAllAsync(_lab.Workloads.Public, ct);
        var finished = await run.FinishAsync(ct);
        var seconds = (_clock.NowMs - orderedMs) / 1000;
        fixture.Progress.Say(FormattableString.Invariant($"payments: run {finished.State}, {finished.Paid:N0} paid in {seconds:0.0} s"));

        await using var planted = await fixture.PlantAsync(PlantPoint.BeforePaidList, ct);
        using var probe = new HttpProbe();
        var paidList = await InvoicePages.WalkAsync(probe, _lab.Workloads.Public, paid: true, InvoicePages.MostOnPage, int.MaxValue, ct);
        var unpaidList = await InvoicePages.WalkAsync(probe, _lab.Workloads.Public, paid: false, InvoicePages.MostOnPage, int.MaxValue, ct);
        var listed = paidList.Items.Select(i => i.Id).ToHashSet();
        return new AllPaidRecord
        {
            StartedUtc = _clock.StartedUtc,
            Seconds = seconds,
            Unpaid = unpaid.Count,
            UnpaidCents = unpaid.Values.Sum(),
            Run = finished,
            ListedPaid = paidList.Items.Count,
            ListedTwice = paidList.Items.Count - listed.Count,
            ListedPaidWithOtherStatus = paidList.Items.Count(i => i.Status != "paid"),
            NotListedPaid = paidList.Error is null ? [.. unpaid.Keys.Where(id => !listed.Contains(id)).Order()] : [],
            StillListedUnpaid = [.. unpaidList.Items.Select(i => i.Id).Where(unpaid.ContainsKey).Order()],
            ListError = paidList.Error ?? unpaidList.Error,
            Noted = await SumAsync("shop.payments", [.. unpaid.Keys], ct),
            Accepted = await SumAsync(PaymentLedgers.OfProvider, [.. unpaid.Keys], ct),
        };
    }

    private async Task<LedgerSum> SumAsync(string table, long[] invoices, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(_lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"select count(*), coalesce(sum(amount_cents), 0)::bigint from {table} where invoice_id = any($1)", connection)
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = invoices } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new LedgerSum(reader.GetInt64(0), reader.GetInt64(1));
    }
}

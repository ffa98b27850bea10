using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Payments;
using SreLab.Fixtures.Scenarios.WorkloadProofs;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>A defect of the books: a row is changed behind both services' backs, after all payments were made.</summary>
internal abstract class PaymentPlant : Plant
{
    public override PlantPoint Point => PlantPoint.BeforeLedgers;

    public override string SpecClass => "When_invoices_are_paid_through_faults";

    public override IReadOnlyList<string> MustBeRed => ["Every_invoice_is_paid_exactly_once"];

    public override IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string> { [SettingNames.Payments] = "600" };

    /// <summary>The newest payment of the provider's that is for an invoice: one of the run that has just finished.</summary>
    protected static string Newest { get; } = FormattableString.Invariant(
        $"(select max(p.id) from shop.payments p where exists (select from {PaymentLedgers.OfProvider} a where a.invoice_id = p.invoice_id and a.invoice_id < {ContractProbe.FirstProbeInvoice}))");

    /// <summary>The statement that spoils the books.</summary>
    protected abstract string Spoil { get; }

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        if (await AdminSql.RunAsync(lab, Place.ReadWrite, Spoil, ct) is not long)
        {
            throw new LabException($"plant {Id} refused: there is no payment to spoil.");
        }

        // A lab with spoilt books is of no use; a self-check takes it down.
        return TakenBackBy(() => Task.CompletedTask, progress);
    }
}

/// <summary>The provider forgot a payment that it had accepted.</summary>
internal sealed class ForgottenPayment : PaymentPlant
{
    public override string Id => "forgotten-payment";

    public override string Defect => "a payment is deleted from the provider's ledger after the run";

    protected override string Spoil => $"delete from {PaymentLedgers.OfProvider} where invoice_id = (select invoice_id from shop.payments where id = {Newest}) returning invoice_id";
}

/// <summary>The app noted a payment twice.</summary>
internal sealed class DoublePayment : PaymentPlant
{
    public override string Id => "double-payment";

    public override string Defect => "a payment is written a second time to shop.payments after the run";

    protected override string Spoil =>
        $"""
        insert into shop.payments (invoice_id, method, amount_cents, provider_reference, received_at)
        select invoice_id, method, amount_cents, provider_reference || '-again', received_at from shop.payments where id = {Newest} returning id
        """;
}

/// <summary>An invoice was set back to unpaid although its payment stands in both ledgers.</summary>
internal sealed class ReopenedInvoice : PaymentPlant
{
    public override string Id => "reopened-invoice";

    public override string Defect => "an invoice that was paid is set back to unpaid, its payments stay";

    public override PlantPoint Point => PlantPoint.BeforePaidList;

    public override string SpecClass => "When_all_unpaid_invoices_are_paid";

    public override IReadOnlyList<string> MustBeRed => ["The_api_lists_them_as_paid_and_both_ledgers_hold_them"];

    protected override string Spoil => $"update shop.invoices set status = 'unpaid', paid_at = null where id = (select invoice_id from shop.payments where id = {Newest}) returning id";
}

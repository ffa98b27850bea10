using SreLab.Fixtures.Histories;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>payments-exactly-once: after every fault both ledgers agree, on every member.</summary>
/// <remarks>
/// Method: for each invoice of the experiment, what the app's tables and the provider's ledger hold is counted on each member after the heal.
/// <list type="bullet">
/// <item><b>paid twice</b>: more than one row in the provider's ledger or in <c>shop.payments</c>.</item>
/// <item><b>paid on nobody's word</b>: marked paid or in <c>shop.payments</c>, and not in the provider's ledger.</item>
/// <item><b>charged, not marked</b>: in the provider's ledger, and not marked paid.</item>
/// <item><b>lost</b>: asked for and accepted for payment, and not paid in the end.</item>
/// <item><b>wrong amount</b>: sums differ from the invoice's.</item>
/// </list>
/// </remarks>
public static class PaymentsExactlyOnce
{
    private const string Paid = "paid";
    private const string Objective = "each exactly once, both ledgers equal";
    private const int InvoicesShown = 5;

    private static readonly (string Kind, int Least)[] Faults = [("kill-provider", 2), ("kill-app", 1), ("kill-postmaster", 1)];

    private static readonly (string Wrong, Func<InvoiceLedger, bool> Is)[] Wrongs =
    [
        ("paid twice", i => i.Accepted > 1 || i.Payments > 1 || i.Orders > 1),
        ("paid on nobody's word", i => i.Accepted == 0 && (i.Status == Paid || i.Payments > 0)),
        ("charged, not marked paid", i => i.Accepted > 0 && (i.Status != Paid || i.Payments == 0 || i.Acknowledged == 0)),
        ("lost", i => i.Accepted == 0 && i.Status != Paid),
        ("wrong amount", i => (i.Payments == 1 && i.PaymentCents != i.Cents) || (i.Accepted == 1 && i.AcceptedCents != i.Cents)),
    ];

    /// <summary>Judges the experiment.</summary>
    /// <param name="history">Record and ledgers; null when it was not carried out.</param>
    public static Verdict Check(PaymentHistory? history)
    {
        if (history is null)
        {
            return Verdict.Unknown("no invoice was paid in this run", Objective);
        }

        List<string> wrongs = [];
        foreach (var (member, invoices) in history.Members)
        {
            wrongs.AddRange(Wrongs.Select(w => (w.Wrong, Ids: invoices.Where(w.Is).Select(i => i.Invoice).ToList())).Where(w => w.Ids.Count > 0)
                .Select(w => Invariant($"{member}: {w.Ids.Count:N0} {w.Wrong}: invoice {string.Join(", ", w.Ids.Take(InvoicesShown))}{(w.Ids.Count > InvoicesShown ? ", ..." : "")}")));
        }

        wrongs.AddRange(Totals(history));
        var sound = history.Members.Values.Select(m => m.LongCount(i => !Wrongs.Any(w => w.Is(i)))).DefaultIfEmpty().Min();
        return BatteryPart.Judge(
            Invariant($"{sound:N0} invoices were paid exactly once through {history.Record.Faults.Count} kills and {history.Record.Injected504:0} lost answers"),
            Objective,
            Invariant($"{sound:N0} of {history.Record.Asked:N0}"),
            wrongs,
            [.. Doubts(history)]);
    }

    private static IEnumerable<string> Totals(PaymentHistory history)
    {
        var record = history.Record;
        if (record.StrayAcceptances > 0)
        {
            yield return Invariant($"the provider holds {record.StrayAcceptances} payments for invoices that are not paid");
        }

        if (record.Run.Rejected > 0)
        {
            yield return Invariant($"{record.Run.Rejected} payments were rejected");
        }

        foreach (var (member, invoices) in history.Members)
        {
            var (app, provider) = (invoices.Sum(i => i.PaymentCents), invoices.Sum(i => i.AcceptedCents));
            if (app != provider)
            {
                yield return Invariant($"{member}: shop.payments sums to {app:N0} cents, the provider's ledger to {provider:N0}");
            }

            if (record.Run.State == "finished" && (record.Run.PaidCents != app || record.Run.Paid != invoices.LongCount(i => i.Payments > 0)))
            {
                yield return Invariant($"{member}: the run says {record.Run.Paid:N0} paid, {record.Run.PaidCents:N0} cents; the ledger has {invoices.LongCount(i => i.Payments > 0):N0}, {app:N0} cents");
            }
        }
    }

    private static IEnumerable<string> Doubts(PaymentHistory history)
    {
        var record = history.Record;
        if (record.Run.State != "finished")
        {
            yield return Invariant($"the run did not finish: {record.Run.Pending:N0} of {record.Run.Invoices:N0} are pending");
        }

        if (record.Asked == 0 || record.Run.Invoices != record.Asked || history.Members.Values.Any(m => m.Count != record.Asked))
        {
            yield return Invariant($"{record.Asked:N0} invoices were to be paid; {record.Run.Invoices:N0} were enqueued, {string.Join(", ", history.Members.Select(m => Invariant($"{m.Key} has {m.Value.Count:N0}")))}");
        }

        if (history.Members.Count < 2)
        {
            yield return "the ledgers were not read on every member";
        }

        if (history.IsTorn)
        {
            yield return "a ledger file lost its last line";
        }

        if (record.Injected504 <= 0)
        {
            yield return "no 504 was injected, so no answer was lost";
        }

        if (record.Replays <= 0)
        {
            yield return "no call was answered with what was accepted before, so no lost answer was made good";
        }

        foreach (var (kind, least) in Faults)
        {
            var landed = record.Faults.Count(f => f.Kind == kind && f.Landed && f.PaidBefore < record.Asked);
            if (landed < least)
            {
                yield return Invariant($"{kind} landed {landed} times while payments ran; {least} are needed");
            }
        }
    }
}

using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>all-invoices-paid: one order pays everything that is unpaid; the API lists it as paid, and both ledgers hold it once.</summary>
/// <remarks>What was unpaid is read from the database before; what is paid afterwards is read from the API's lists, as a client would.</remarks>
public static class AllInvoicesPaid
{
    /// <summary>With fewer the order proves little: a page has up to 500.</summary>
    public const int LeastInvoices = 600;

    private const string Objective = "all listed as paid, both ledgers equal";
    private const int InvoicesShown = 5;

    /// <summary>Judges the order.</summary>
    /// <param name="record">Null when it was not given.</param>
    public static Verdict Check(AllPaidRecord? record)
    {
        if (record is null)
        {
            return Verdict.Unknown("nobody was asked to pay all invoices in this run", Objective);
        }

        return BatteryPart.Judge(
            Invariant($"all {record.Unpaid:N0} unpaid invoices were paid by one order in {record.Seconds:0.0} s, and are listed as paid"),
            Objective,
            Invariant($"{record.Unpaid - record.NotListedPaid.Count:N0} of {record.Unpaid:N0}"),
            [.. Wrongs(record)],
            [.. Doubts(record)]);
    }

    private static IEnumerable<string> Wrongs(AllPaidRecord record)
    {
        if (record.NotListedPaid.Count > 0)
        {
            yield return $"{Named(record.NotListedPaid)} not listed as paid";
        }

        if (record.StillListedUnpaid.Count > 0)
        {
            yield return $"{Named(record.StillListedUnpaid)} still listed as unpaid";
        }

        if (record.ListedTwice > 0)
        {
            yield return Invariant($"{record.ListedTwice:N0} invoices came twice in the list of the paid ones");
        }

        if (record.ListedPaidWithOtherStatus > 0)
        {
            yield return Invariant($"{record.ListedPaidWithOtherStatus:N0} invoices in the list of the paid ones have another status");
        }

        if (record.Run.State == "finished" && (record.Run.Invoices != record.Unpaid || record.Run.Paid != record.Unpaid || record.Run.PaidCents != record.UnpaidCents))
        {
            yield return Invariant($"{record.Unpaid:N0} invoices over {record.UnpaidCents:N0} cents were unpaid; the run took {record.Run.Invoices:N0}, paid {record.Run.Paid:N0} over {record.Run.PaidCents:N0} cents and rejected {record.Run.Rejected:N0}");
        }

        foreach (var (ledger, sum) in new[] { ("shop.payments", record.Noted), ("the provider's ledger", record.Accepted) })
        {
            // What is pending may be in one ledger and not yet in the other; more than was owed never.
            if (sum.Rows > record.Unpaid || sum.Cents > record.UnpaidCents || (record.Run.State == "finished" && sum != new LedgerSum(record.Unpaid, record.UnpaidCents)))
            {
                yield return Invariant($"{record.Unpaid:N0} invoices over {record.UnpaidCents:N0} cents were unpaid; {ledger} has {sum.Rows:N0} payments over {sum.Cents:N0}");
            }
        }
    }

    private static IEnumerable<string> Doubts(AllPaidRecord record)
    {
        if (record.Unpaid < LeastInvoices)
        {
            yield return Invariant($"{record.Unpaid:N0} invoices were unpaid; {LeastInvoices:N0} are needed for more than one page");
        }

        if (record.Run.State != "finished")
        {
            yield return Invariant($"the run did not finish: {record.Run.Pending:N0} of {record.Run.Invoices:N0} are pending");
        }

        if (record.ListError is { } error)
        {
            yield return $"a list could not be read to its end: {error}";
        }
    }

    private static string Named(IReadOnlyList<long> ids) => Invariant(
        $"{ids.Count:N0} invoice{(ids.Count == 1 ? "" : "s")} ({string.Join(", ", ids.Take(InvoicesShown))}{(ids.Count > InvoicesShown ? ", ..." : "")}) {(ids.Count == 1 ? "is" : "are")}");
}

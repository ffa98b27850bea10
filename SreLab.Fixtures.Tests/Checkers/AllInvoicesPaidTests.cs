using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class AllInvoicesPaidTests
{
    private static AllPaidRecord Good { get; } = new()
    {
        StartedUtc = DateTimeOffset.UnixEpoch,
        Seconds = 3,
        Unpaid = 700,
        UnpaidCents = 70_000,
        Run = new PaymentRunRecord("r", "finished", 700, 700, 0, 0, 70_000),
        ListedPaid = 4000,
        ListedTwice = 0,
        ListedPaidWithOtherStatus = 0,
        NotListedPaid = [],
        StillListedUnpaid = [],
        ListError = null,
        Noted = new LedgerSum(700, 70_000),
        Accepted = new LedgerSum(700, 70_000),
    };

    private static IReadOnlyList<(AllPaidRecord Record, string Wrong)> Wrongs { get; } =
    [
        (Good with { NotListedPaid = [7] }, "1 invoice (7) is not listed as paid"),
        (Good with { StillListedUnpaid = [1, 2, 3, 4, 5, 6] }, "6 invoices (1, 2, 3, 4, 5, ...) are still listed as unpaid"),
        (Good with { ListedTwice = 1 }, "came twice"),
        (Good with { ListedPaidWithOtherStatus = 1 }, "have another status"),
        (Good with { Run = Good.Run with { Invoices = 699 } }, "the run took 699"),
        (Good with { Run = Good.Run with { Paid = 699, Rejected = 1 } }, "rejected 1"),
        (Good with { Run = Good.Run with { PaidCents = 1 } }, "over 1 cents"),
        (Good with { Noted = new LedgerSum(701, 70_000) }, "shop.payments has 701"),
        (Good with { Accepted = new LedgerSum(700, 70_001) }, "the provider's ledger has 700 payments over 70,001"),
        (Good with { Accepted = new LedgerSum(699, 69_900) }, "the provider's ledger has 699"),
    ];

    private static IReadOnlyList<AllPaidRecord?> Insufficient { get; } =
    [
        null,
        Good with { Unpaid = 599, UnpaidCents = 59_900, Run = Good.Run with { Invoices = 599, Paid = 599, PaidCents = 59_900 }, Noted = new LedgerSum(599, 59_900), Accepted = new LedgerSum(599, 59_900) },
        Good with { Run = Good.Run with { State = "running", Paid = 650, Pending = 50 }, Noted = new LedgerSum(650, 65_000), Accepted = new LedgerSum(651, 65_100) },
        Good with { ListError = "GET /invoices: 503" },
    ];

    [Fact]
    public void Everything_paid_and_listed_holds() =>
        AllInvoicesPaid.Check(Good).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "700 of 700" });

    [Fact]
    public void Each_wrong_is_broken_and_named()
    {
        foreach (var (record, wrong) in Wrongs)
        {
            var verdict = AllInvoicesPaid.Check(record);

            verdict.Kind.Should().Be(VerdictKind.Broken, wrong);
            verdict.Summary.Should().Contain(wrong);
        }
    }

    [Fact]
    public void Too_little_is_unknown()
    {
        foreach (var record in Insufficient)
        {
            AllInvoicesPaid.Check(record).Kind.Should().Be(VerdictKind.Unknown);
        }
    }
}

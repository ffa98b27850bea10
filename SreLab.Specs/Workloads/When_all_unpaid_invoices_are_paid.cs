using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Workloads;

/// <summary>One order that names no invoice pays all that are unpaid; the API's own lists are read afterwards.</summary>
[Collection(Stages.Workloads)]
[Trait(Stages.Trait, Stages.Workloads)]
public sealed class When_all_unpaid_invoices_are_paid(AllPaidInvoices run) : Spec(run), IClassFixture<AllPaidInvoices>
{
    [Fact]
    public void The_api_lists_them_as_paid_and_both_ledgers_hold_them() => MustHold(Promises.AllInvoicesPaid);
}

using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Workloads;

/// <summary>All unpaid invoices are paid while answers get lost and the provider, an instance of the app and the primary are killed.</summary>
[Collection(Stages.Workloads)]
[Trait(Stages.Trait, Stages.Workloads)]
public sealed class When_invoices_are_paid_through_faults(PaidInvoices run) : Spec(run), IClassFixture<PaidInvoices>
{
    [Fact]
    public void Every_invoice_is_paid_exactly_once() => MustHold(Promises.PaymentsExactlyOnce);

    [Fact]
    public void The_app_serves_again_after_the_failover_without_a_restart() => MustHold(Promises.AppSurvivesFailover);
}

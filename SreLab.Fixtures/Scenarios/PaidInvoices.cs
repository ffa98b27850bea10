using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Payments;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Invoices that were paid while the provider, an instance of the app and the primary were killed and answers got lost.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class PaidInvoices(LabFixture lab) : WorkloadScenario(lab)
{
    /// <inheritdoc />
    protected override async Task ProbeAsync(CancellationToken ct) =>
        Fixture.Run.Write(EvidenceFiles.Payments, await new PaymentsExperiment(Fixture).RunAsync(ct));
}

/// <summary>Everything that was unpaid, paid by one order and listed as paid.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class AllPaidInvoices(LabFixture lab) : WorkloadScenario(lab)
{
    /// <inheritdoc />
    protected override async Task ProbeAsync(CancellationToken ct) =>
        Fixture.Run.Write(EvidenceFiles.AllPaid, await new PayEverything(Fixture).RunAsync(ct));
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>A payments experiment in which everything went well; <c>with</c> makes the others.</summary>
internal static class PaymentRecords
{
    public const int Invoices = 1000;
    private const long Cents = 250;

    public static PaymentsRecord Experiment { get; } = new()
    {
        StartedUtc = DateTimeOffset.UnixEpoch,
        Seconds = 20,
        Asked = Invoices,
        Run = new PaymentRunRecord("r", "finished", Invoices, Invoices, 0, 0, Invoices * Cents),
        Faults = [Fault("kill-provider", "provider", 100), Fault("kill-app", "app-1", 300), Fault("kill-postmaster", "pg-1", 500), Fault("kill-provider", "provider", 700)],
        Injected504 = 210,
        FailedAttempts = 230,
        Replays = 90,
        Survivor = new SurvivorRecord("app-2", 1000.5, 1000.5, "200", 2.1),
        StrayAcceptances = 0,
        LedgerFiles = new Dictionary<string, string>(),
        Events = [],
    };

    public static PaymentHistory Good { get; } = new(
        Experiment, new[] { "pg-1", "pg-2", "pg-3" }.ToDictionary(m => m, _ => (IReadOnlyList<InvoiceLedger>)[.. Enumerable.Range(1, Invoices).Select(i => Paid(i))]), IsTorn: false);

    public static InvoiceLedger Paid(long invoice) => new(invoice, Cents, "paid", 1, 1, 1, Cents, 1, Cents);

    public static PaymentFaultRecord Fault(string kind, string target, long paid) => new(kind, target, $"SIGKILL to {target}", paid * 10, paid, Landed: true);

    /// <summary>One invoice of one member is otherwise.</summary>
    public static PaymentHistory With(Func<InvoiceLedger, InvoiceLedger> change) => Good with
    {
        Members = Good.Members.ToDictionary(
            m => m.Key, m => m.Key == "pg-2" ? (IReadOnlyList<InvoiceLedger>)[change(m.Value[0]), .. m.Value.Skip(1)] : m.Value),
    };
}

using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Reporting;

/// <content>What the workloads promise.</content>
public static partial class Promises
{
    /// <summary>Endpoints as documented.</summary>
    public static Promise WorkloadContract { get; } = OfBattery(WorkloadJudges.Contract, "Workloads answer as documented, and pages give every unpaid invoice once");

    /// <summary>Alive every time.</summary>
    public static Promise WorkloadLiveness { get; } = OfBattery(WorkloadJudges.Liveness, "A workload that works says that it is alive, every time");

    /// <summary>Ready means served.</summary>
    public static Promise WorkloadReadiness { get; } = OfBattery(WorkloadJudges.Readiness, "Readiness follows the database") with { TimedIn = TimedIn.Services };

    /// <summary>Not ready before it ends.</summary>
    public static Promise WorkloadShutdown { get; } = OfBattery(WorkloadJudges.Shutdown, "An instance says that it ends before it does");

    /// <summary>p99.</summary>
    public static Promise WorkloadLatency { get; } = OfBattery(WorkloadJudges.Latency, "Workloads: 99th percentile of latency") with { TimedIn = TimedIn.Services, IsHeadline = true };

    /// <summary>Failed requests.</summary>
    public static Promise WorkloadAvailability { get; } = OfBattery(WorkloadJudges.Availability, "Workloads: failed requests") with { IsHeadline = true };

    /// <summary>Exact counts.</summary>
    public static Promise WorkloadCounts { get; } = OfBattery(WorkloadJudges.Counts, "A workload counts every request exactly once");

    /// <summary>No memory kept.</summary>
    public static Promise WorkloadMemory { get; } = OfBattery(WorkloadJudges.Memory, "A workload keeps no memory of its requests");

    /// <summary>No connection kept.</summary>
    public static Promise WorkloadConnections { get; } = OfBattery(WorkloadJudges.Connections, "A workload gives its database connections back");

    /// <summary>One id everywhere.</summary>
    public static Promise WorkloadLogs { get; } = OfBattery(WorkloadJudges.Logs, "One correlation id leads through the logs of sidecar, app and provider");

    /// <summary>No failed request.</summary>
    public static Promise WorkloadRestart { get; } = OfBattery(WorkloadJudges.Restart, "Instances restart under load without a failed request") with { IsHeadline = true };

    /// <summary>Inside only.</summary>
    public static Promise WorkloadProviderPrivate { get; } = OfBattery(WorkloadJudges.Privacy, "The payment-provider is reached from inside only, with its token only");

    /// <summary>Contract's metrics.</summary>
    public static Promise WorkloadMetrics { get; } = OfBattery(WorkloadJudges.Metrics, "Every workload has the metrics that it documents, and they rise under load");

    /// <summary>Each defect is named.</summary>
    public static Promise WorkloadDefectsToldApart { get; } =
        Of("workload-defects-told-apart", Stages.Workloads, "Each planted defect of a workload is told apart by what it breaks", (e, o) => DefectsToldApart.Check(e.Defects, o)) with { IsHeadline = true };

    /// <summary>The document tells the truth.</summary>
    public static Promise TroubleshootingTrue { get; } =
        Of("troubleshooting-true", Stages.Workloads, "TROUBLESHOOTING.md shows each defect when it is there, and none when none is", (e, _) => Checkers.TroubleshootingTrue.Check(e.Defects));

    /// <summary>Exactly once.</summary>
    public static Promise PaymentsExactlyOnce { get; } =
        Of("payments-exactly-once", Stages.Workloads, "Every invoice is paid exactly once, whatever is killed meanwhile", (e, _) => Checkers.PaymentsExactlyOnce.Check(e.PaymentHistory)) with { IsHeadline = true };

    /// <summary>Paid by one order, listed as paid.</summary>
    public static Promise AllInvoicesPaid { get; } =
        Of("all-invoices-paid", Stages.Workloads, "One order pays every unpaid invoice, and the API lists them as paid", (e, _) => Checkers.AllInvoicesPaid.Check(e.AllPaid));

    /// <summary>Failover without a restart.</summary>
    public static Promise AppSurvivesFailover { get; } =
        Of("app-survives-failover", Stages.Workloads, "The app serves again after a failover, without a restart", (e, o) => AppFailover.Check(e.Payments, o)) with { TimedIn = TimedIn.Payments };

    private static IReadOnlyList<Promise> OfWorkloads =>
    [
        WorkloadContract, WorkloadLiveness, WorkloadReadiness, WorkloadShutdown, WorkloadLatency, WorkloadAvailability, WorkloadCounts, WorkloadMemory, WorkloadConnections,
        WorkloadLogs, WorkloadRestart, WorkloadProviderPrivate, WorkloadMetrics, WorkloadDefectsToldApart, TroubleshootingTrue, PaymentsExactlyOnce, AppSurvivesFailover,
        AllInvoicesPaid,
    ];

    private static Promise OfBattery(string id, string text) => Of(id, Stages.Workloads, text, (e, o) => WorkloadJudges.Judge(id, e.Battery, o));
}

using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Payments;

/// <summary>Many invoices are paid while answers get lost and everything on the way is killed; afterwards both ledgers are read on every member.</summary>
/// <remarks>
/// Whole cluster, order to pay, kills at seeded shares of what is paid, heal, the run finishes, standbys catch up, read back. On every path out the
/// cluster is healed and the workloads are without a defect.
/// </remarks>
internal sealed class PaymentsExperiment(LabFixture fixture)
{
    private const string Name = "payments";
    private readonly HistoryClock _clock = new();
    private readonly ILab _lab = fixture.Lab;

    /// <summary>Carries it out.</summary>
    /// <exception cref="LabException">A step did not come within its bound; a run that is merely not finished is for the judge.</exception>
    public async Task<PaymentsRecord> RunAsync(CancellationToken ct)
    {
        await WholeCluster.WaitAsync(_lab, Bounds.ClusterReady, ct);
        var workloads = _lab.Workloads;
        try
        {
            await workloads.DeployAsync(Deployment(), fixture.Progress, ct);
            return await PayAsync(workloads, ct);
        }
        finally
        {
            await workloads.DeployAsync(WorkloadPlan.Healthy, fixture.Progress, CancellationToken.None);
        }
    }

    private WorkloadPlan Deployment() => WorkloadPlan.With(WorkloadDefects.Random504, _lab.Workloads.Provider.Name) with
    {
        Environment = new Dictionary<string, string>
        {
            ["DEFECT_504_RATIO"] = "0.2",
            ["DEFECT_SEED"] = fixture.Settings.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
    };

    private async Task<PaymentsRecord> PayAsync(ILabWorkloads workloads, CancellationToken ct)
    {
        var seed = fixture.Settings.Seed;
        var killed = workloads.InvoiceApps[seed % workloads.InvoiceApps.Count];
        var survivor = workloads.InvoiceApps[(seed + 1) % workloads.InvoiceApps.Count];
        var invoices = await UnpaidInvoices.TakeAsync(_lab, fixture.Settings.Payments, ct);
        var log = new ExperimentLog(Name, _clock, fixture.Progress);
        using var faults = new PaymentFaults(_lab, killed, survivor, _clock, log, fixture.FaultWindows);
        await using var counters = await CounterWatch.StartAsync(Counters(workloads), ct);
        var startedBefore = await StartedAsync(faults, survivor, ct);

        var orderedMs = _clock.NowMs;
        using var run = await PaymentRun.OrderAsync(workloads.Public, invoices, ct);
        log.Event(FormattableString.Invariant($"{invoices.Count:N0} invoices are to be paid"));
        PaymentRunRecord finished;
        try
        {
            foreach (var (kind, share) in PaymentFaults.Draw(seed))
            {
                var progress = await run.WaitUntilPaidAsync((long)(share * invoices.Count), ct);
                await faults.KillAsync(kind, progress.Paid, ct);
            }
        }
        finally
        {
            await faults.HealAsync(CancellationToken.None);
        }

        finished = await run.FinishAsync(ct);
        var seconds = (_clock.NowMs - orderedMs) / 1000;
        log.Event(FormattableString.Invariant($"run {finished.State}: {finished.Paid:N0} paid, {finished.Pending:N0} pending, {finished.Rejected:N0} rejected"));
        var rise = await counters.FinishAsync(ct);
        var startedAfter = await StartedAsync(faults, survivor, ct);

        await using var planted = await fixture.PlantAsync(PlantPoint.BeforeLedgers, ct);
        await CaughtUpStandbys.WaitAsync(_lab, ct);
        var ledgers = await PaymentLedgers.ReadAsync(_lab, [.. invoices], _clock, fixture.Run, ct);
        log.Event($"both ledgers read on {_lab.Members.Count} members");
        return new PaymentsRecord
        {
            StartedUtc = _clock.StartedUtc,
            Seconds = seconds,
            Asked = invoices.Count,
            Run = finished,
            Faults = faults.Done,
            Injected504 = rise["injected"],
            FailedAttempts = rise["failed"],
            Replays = rise["replayed"],
            Survivor = new SurvivorRecord(survivor.Name, startedBefore, startedAfter, faults.AfterFailover, faults.SecondsToServe),
            StrayAcceptances = await PaymentLedgers.StraysAsync(_lab, ct),
            LedgerFiles = ledgers,
            Events = log.Events,
        };
    }

    private static async Task<double> StartedAsync(PaymentFaults faults, WorkloadInstance instance, CancellationToken ct) =>
        await faults.StartedAsync(instance, ct) ?? throw new LabException($"payments refused: {instance.Name} does not tell when it was started.\n  look at      {instance.Service}metrics");

    private static List<WatchedCounter> Counters(ILabWorkloads workloads) =>
    [
        new("injected", new Uri(workloads.Provider.Proxy, "/_proxy/metrics"), "proxy_injected_504_total"),
        .. workloads.InvoiceApps.SelectMany(i => new WatchedCounter[]
        {
            new("failed", new Uri(i.Service, "/metrics"), "invoice_payment_attempts_total", ("outcome", "failed")),
            new("replayed", new Uri(i.Service, "/metrics"), "invoice_payment_attempts_total", ("outcome", "replayed")),
        }),
    ];
}

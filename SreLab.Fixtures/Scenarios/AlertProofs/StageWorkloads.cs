using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.AlertProofs;

/// <summary>The sample workloads beside the stage: silent in the idle period, used from the loaded one on.</summary>
internal sealed class StageWorkloads : IAsyncDisposable
{
    // Enough for a share of 30 s to say something, on each of two instances.
    private const double Rate = 20;

    /// <summary>
    /// Services that have just been started compile what they serve; with few processors that slows the database's clients as well. Longer than the
    /// 30 s over which their latency is looked at, so that no alert still sees their first requests.
    /// </summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(40);

    private readonly ILabWorkloads _workloads;
    private readonly bool _isOurs;
    private HttpLoad? _clients;

    private StageWorkloads(ILabWorkloads workloads, bool isOurs, string? whyNot) => (_workloads, _isOurs, WhyNot) = (workloads, isOurs, whyNot);

    /// <summary>Looks at them; null when they do not run.</summary>
    public WorkloadProbes? Probes { get; private init; }

    /// <summary>Why they do not run; null when they do.</summary>
    public string? WhyNot { get; }

    /// <summary>Deploys them without a defect; what keeps them from running is told, not thrown.</summary>
    /// <param name="lab">A seeded lab.</param>
    /// <param name="isAskedFor">Whether an alert of theirs is to be proven; else they stay as they are.</param>
    /// <param name="objectives">What their clients are promised.</param>
    /// <param name="progress">Live progress.</param>
    /// <param name="ct">Cancels it.</param>
    public static async Task<StageWorkloads> DeployAsync(ILab lab, bool isAskedFor, Objectives objectives, IProgressLog progress, CancellationToken ct)
    {
        if (!isAskedFor)
        {
            return new StageWorkloads(lab.Workloads, false, "no alert of the workloads is to be proven");
        }

        var wereThere = await lab.Workloads.AreDeployedAsync(ct);
        try
        {
            await lab.Workloads.DeployAsync(WorkloadPlan.Healthy, progress, ct);
            return new StageWorkloads(lab.Workloads, !wereThere, null) { Probes = new WorkloadProbes(lab, objectives) };
        }
        catch (LabException e)
        {
            var reason = e.Message.ReplaceLineEndings(" ");
            progress.Say($"no alert of the workloads will be caused: {reason}");
            return new StageWorkloads(lab.Workloads, false, reason);
        }
    }

    /// <summary>Clients ask from now on, some seconds when this returns, and a few invoices are paid, so that there is something to be seen of payments.</summary>
    /// <param name="seed">Decides every request.</param>
    /// <param name="ct">Cancels the wait for the payments.</param>
    public async Task StartClientsAsync(int seed, CancellationToken ct)
    {
        if (WhyNot is null)
        {
            await StuckPayments.PayAsync(_workloads.InvoiceApps[0], ct);
            _clients = Clients(_workloads.Public, Rate, seed);
            await Task.Delay(WarmUp, ct);
        }
    }

    /// <summary>Clients whose requests nobody keeps: what they cause is looked at elsewhere.</summary>
    /// <param name="address">Base address of the load balancer or a sidecar.</param>
    /// <param name="rate">Requests per second.</param>
    /// <param name="seed">Decides every request.</param>
    public static HttpLoad Clients(Uri address, double rate, int seed) =>
        new(new HttpLoadOptions { Target = address, RatePerSecond = rate, Seed = seed, Name = "alerts", Invoices = [] }, new HistoryClock(), _ => { });

    /// <summary>Ends the clients, and the workloads when this stage deployed them.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_clients is not null)
        {
            await _clients.DisposeAsync();
        }

        if (Probes is not null)
        {
            await Probes.DisposeAsync();
        }

        if (_isOurs)
        {
            await _workloads.WithdrawAsync(CancellationToken.None);
        }
    }
}

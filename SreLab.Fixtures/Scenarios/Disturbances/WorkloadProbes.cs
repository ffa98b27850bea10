using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Probes of everything that an alert of the workloads is about. They look all the time, so that their windows are as full as those of the rules.</summary>
internal sealed class WorkloadProbes : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly WorkloadReadings _readings = new();
    private readonly Dictionary<string, WorkloadConditions> _conditions;
    private readonly Background _looking;

    /// <summary>Begins to look.</summary>
    /// <param name="lab">A lab with its workloads deployed.</param>
    /// <param name="objectives">What their clients are promised.</param>
    public WorkloadProbes(ILab lab, Objectives objectives)
    {
        _conditions = lab.Workloads.InvoiceApps.ToDictionary(i => i.Name, i => new WorkloadConditions(_readings, i, objectives), StringComparer.Ordinal);
        Payments = new StuckPayments(_readings);
        _looking = Background.Start(LookAsync);
    }

    /// <summary>Of the payments.</summary>
    public StuckPayments Payments { get; }

    /// <summary>Of one instance.</summary>
    public WorkloadConditions Of(string instance) => _conditions[instance];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _looking.DisposeAsync();
        foreach (var conditions in _conditions.Values)
        {
            conditions.Dispose();
        }

        _readings.Dispose();
    }

    private async Task LookAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var conditions in _conditions.Values)
            {
                try
                {
                    await conditions.LookAsync(ct);
                }
                catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
                {
                    // It is being restarted: there is nothing to look at.
                }
            }

            await Task.Delay(Interval, ct);
        }
    }
}

using Microsoft.Extensions.Hosting;
using SreLab.Workloads.ServiceDefaults.Database;
using SreLab.Workloads.ServiceDefaults.Metrics;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Counts what waits to be paid, of all instances. While the database is away the last count stays.</summary>
internal sealed class PendingPayments : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly PaymentQueue _queue;
    private readonly DatabasePreparation _preparation;
    private long _count = -1;

    public PendingPayments(PaymentQueue queue, DatabasePreparation preparation, MetricRegistry registry)
    {
        (_queue, _preparation) = (queue, preparation);
        registry.Gauge("invoice_payments_pending", "Payments of all instances that are to be made.", () => Interlocked.Read(ref _count) is >= 0 and var n ? [([], n)] : []);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _preparation.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Interlocked.Exchange(ref _count, await _queue.CountAsync(stoppingToken));
            }
            catch (Exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The dispatcher says in the log that the database is away.
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

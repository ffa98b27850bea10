using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SreLab.Workloads.ServiceDefaults.Database;
using SreLab.Workloads.ServiceDefaults.Logs;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Claims orders and hands them to its workers, until the service ends; then finishes the calls in flight and gives the rest back.</summary>
internal sealed class PaymentDispatcher(
    PaymentSettings settings,
    PaymentQueue queue,
    Payer payer,
    ProviderPause pause,
    WakeUp wakeUp,
    DatabasePreparation preparation,
    TimeProvider time,
    ILogger<PaymentDispatcher> logger) : BackgroundService
{
    private const int ClaimsPerWorker = 4;

    // Work that this instance did not enqueue itself is found after at most so long.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentBag<PaymentOrder> _leftOver = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await preparation.WaitAsync(stoppingToken);
        var work = Channel.CreateBounded<(PaymentOrder Order, long ClaimedAt)>(new BoundedChannelOptions(settings.Workers) { SingleWriter = true });
        var workers = Enumerable.Range(0, settings.Workers).Select(_ => WorkAsync(work.Reader, stoppingToken)).ToArray();
        await ClaimAsync(work.Writer, stoppingToken);
        work.Writer.Complete();
        await Task.WhenAll(workers);
        await GiveBackAsync();
    }

    private async Task ClaimAsync(ChannelWriter<(PaymentOrder Order, long ClaimedAt)> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            List<PaymentOrder> orders = [];
            try
            {
                var claimedAt = time.GetTimestamp();
                orders = await queue.ClaimAsync(settings.Workers * ClaimsPerWorker, settings.Lease, CancellationToken.None);
                foreach (var order in orders)
                {
                    // Waits for a worker even when the service ends: workers then take orders only to give them back.
                    await work.WriteAsync((order, claimedAt), CancellationToken.None);
                }
            }
            catch (Exception e)
            {
                logger.Write(LogLevel.Warning, e, "no payment can be claimed now");
            }

            if (orders.Count == 0)
            {
                await wakeUp.RestAsync(Rest, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WorkAsync(ChannelReader<(PaymentOrder Order, long ClaimedAt)> work, CancellationToken stopping)
    {
        await foreach (var (order, claimedAt) in work.ReadAllAsync(CancellationToken.None))
        {
            await Task.Delay(pause.Length(Backoff.SpreadOf(order)), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
            {
                _leftOver.Add(order);
            }
            else if (time.GetElapsedTime(claimedAt) + settings.Timeout < settings.Lease)
            {
                await payer.PayAsync(order);
            }
        }
    }

    private async Task GiveBackAsync()
    {
        if (_leftOver.IsEmpty)
        {
            return;
        }

        try
        {
            await queue.ReleaseAsync([.. _leftOver], CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.Write(LogLevel.Warning, e, "leases are not given back; they run out by themselves", ("orders", _leftOver.Count));
        }
    }
}

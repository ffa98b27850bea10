using Microsoft.Extensions.Logging;
using SreLab.Workloads.ServiceDefaults.Http;
using SreLab.Workloads.ServiceDefaults.Logs;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Takes one claimed order one step on: to its end, or back into the queue.</summary>
internal sealed class Payer(
    ProviderClient provider,
    PaymentBook book,
    PaymentQueue queue,
    ProviderPause pause,
    PaymentMetrics metrics,
    TimeProvider time,
    ILogger<Payer> logger)
{
    /// <summary>Takes it one step on. What cannot be written down stays claimed, and comes back when its lease is over.</summary>
    /// <param name="order">The order.</param>
    public async Task PayAsync(PaymentOrder order)
    {
        try
        {
            // After a first attempt the provider may have the payment, whatever became of the invoice.
            if (!order.IsUnpaid && order.Attempt == 1)
            {
                await book.SupersededAsync(order, CancellationToken.None);
                Note(LogLevel.Warning, order, null, "invoice was paid in another way before the provider was called");
                return;
            }

            var answer = await CallAsync(order);
            await BookAsync(order, answer);
        }
        catch (Exception e)
        {
            Note(LogLevel.Warning, order, e, "payment could not be booked; it is tried again when its lease is over");
        }
    }

    private async Task<ProviderAnswer> CallAsync(PaymentOrder order)
    {
        var began = time.GetTimestamp();
        var answer = await provider.PayAsync(order);
        pause.Note(answer.Outcome);
        metrics.Attempted(answer);
        logger.Write(
            answer.Outcome is Outcome.Accepted or Outcome.Replayed ? LogLevel.Information : LogLevel.Warning,
            answer.Error,
            "payment provider called",
            (CorrelationId.Field, order.CorrelationId),
            ("invoice_id", order.InvoiceId),
            ("attempt", order.Attempt),
            ("outcome", answer.OutcomeName),
            ("status", answer.Status),
            ("duration_ms", time.GetElapsedTime(began).TotalMilliseconds));
        return answer;
    }

    private async Task BookAsync(PaymentOrder order, ProviderAnswer answer)
    {
        switch (answer.Outcome)
        {
            case Outcome.Failed:
                await queue.PostponeAsync(order, Backoff.After(order.Attempt, Backoff.SpreadOf(order)), CancellationToken.None);
                break;
            case Outcome.Rejected:
                await book.RejectedAsync(order, CancellationToken.None);
                Note(LogLevel.Error, order, null, "payment was rejected for good");
                break;
            default:
                await SettleAsync(order, answer.Reference!);
                break;
        }
    }

    private async Task SettleAsync(PaymentOrder order, string reference)
    {
        var settlement = await book.PaidAsync(order, reference, CancellationToken.None);
        if (!settlement.IsOurs)
        {
            return;
        }

        if (settlement.State == "paid")
        {
            metrics.Paid(order.AmountCents);
        }
        else
        {
            metrics.Conflicted();
            logger.Write(
                LogLevel.Error,
                "the provider was paid for an invoice that was paid in another way meanwhile: it is to be refunded",
                (CorrelationId.Field, order.CorrelationId),
                ("invoice_id", order.InvoiceId),
                ("provider_reference", reference),
                ("amount_cents", order.AmountCents));
        }
    }

    private void Note(LogLevel level, PaymentOrder order, Exception? error, string message) => logger.Write(
        level, error, message, (CorrelationId.Field, order.CorrelationId), ("invoice_id", order.InvoiceId), ("attempt", order.Attempt));
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Http;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Asks for payments, and tells what became of them.</summary>
internal static class PaymentEndpoints
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Adds them.</summary>
    /// <param name="endpoints">Where to.</param>
    public static void MapPayments(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/invoices/pay", PayAsync)
            .WithSummary("Pays all unpaid invoices, the first few or the ones that are named; Prefer: wait=30 waits for the end.")
            .Accepts<PayRequest>(isOptional: true, "application/json")
            .Produces<PaymentRun>().Produces<PaymentRun>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        endpoints.MapGet("/payment-runs/{id:guid}", async (Guid id, PaymentRuns runs, CancellationToken ct) =>
            await runs.FindAsync(id, ct) is { } run ? Results.Ok(run) : Problem.Result(StatusCodes.Status404NotFound, $"there is no payment run {id}"))
            .WithSummary("What became of a request to pay.")
            .Produces<PaymentRun>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PayAsync(HttpContext context, PaymentRuns runs, WakeUp wakeUp, ServiceLifecycle lifecycle)
    {
        var request = (await RequestBody.ReadAsync(context, new PayRequest())).Checked();
        var id = Guid.CreateVersion7();
        await runs.EnqueueAsync(id, CorrelationId.Of(context), request);
        wakeUp.Call();

        var wait = PreferredWait.Of(context.Request);
        if (wait > TimeSpan.Zero)
        {
            context.Response.Headers["Preference-Applied"] = FormattableString.Invariant($"wait={wait.TotalSeconds}");
            await WaitAsync(runs, id, wait, lifecycle.Closing, context.RequestAborted);
        }

        var run = (await runs.FindAsync(id, context.RequestAborted))!;
        context.Response.Headers.Location = $"/payment-runs/{id}";
        return wait > TimeSpan.Zero && run.Pending == 0 ? Results.Ok(run) : Results.Json(run, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task WaitAsync(PaymentRuns runs, Guid id, TimeSpan wait, CancellationToken closing, CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(closing, gone);
        end.CancelAfter(wait);
        try
        {
            while (!await runs.IsFinishedAsync(id, end.Token))
            {
                await Task.Delay(Poll, end.Token);
            }
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            // The client learns how far it is.
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreLab.Workloads.ServiceDefaults.Http;

namespace SreLab.Workloads.PaymentProvider.Ledger;

/// <summary>Accepts payments, and tells what was accepted; both need the token.</summary>
internal static class PaymentEndpoints
{
    /// <summary>Adds them.</summary>
    /// <param name="endpoints">Where to.</param>
    public static void MapPayments(this IEndpointRouteBuilder endpoints)
    {
        var payments = endpoints.MapGroup("").AddEndpointFilter(RefuseAsync)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        payments.MapPost("/payments", AcceptAsync)
            .WithSummary("Accepts a payment once for each Idempotency-Key.")
            .Accepts<PaymentRequest>("application/json")
            .Produces<AcceptedPayment>(StatusCodes.Status201Created).Produces<AcceptedPayment>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        payments.MapGet("/payments/{key}", async (string key, PaymentLedger ledger, CancellationToken ct) =>
            await ledger.FindAsync(key, ct) is { } payment ? Results.Ok(payment) : Problem.Result(StatusCodes.Status404NotFound, "nothing was accepted under this key"))
            .WithSummary("What was accepted under a key.")
            .Produces<AcceptedPayment>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    // Who does not show the token learns nothing else; what is malformed is counted before it becomes a problem.
    private static async ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var (context, services) = (call.HttpContext, call.HttpContext.RequestServices);
        var metrics = (LedgerMetrics)services.GetService(typeof(LedgerMetrics))!;
        if (!((PaymentToken)services.GetService(typeof(PaymentToken))!).IsShownBy(context.Request))
        {
            metrics.Refused();
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.Result(StatusCodes.Status401Unauthorized, "the token is missing or wrong");
        }

        try
        {
            return await next(call);
        }
        catch (BadHttpRequestException)
        {
            metrics.Refused();
            throw;
        }
    }

    private static async Task<IResult> AcceptAsync(HttpContext context, PaymentLedger ledger, LedgerMetrics metrics)
    {
        var key = IdempotencyKey.Of(context.Request);
        var request = (await RequestBody.ReadAsync<PaymentRequest>(context, null)).Checked();
        var entry = await ledger.AcceptAsync(key, request, CorrelationId.Of(context));
        switch (entry.DecisionOn(request))
        {
            case Decision.Accepted:
                metrics.Accepted(request.AmountCents);
                return Results.Created($"/payments/{key}", entry.Payment);
            case Decision.Replayed:
                metrics.Replayed();
                context.Response.Headers["Idempotent-Replayed"] = "true";
                return Results.Ok(entry.Payment);
            default:
                metrics.Refused();
                return Problem.Result(StatusCodes.Status422UnprocessableEntity, "this Idempotency-Key belongs to a payment of other content");
        }
    }
}

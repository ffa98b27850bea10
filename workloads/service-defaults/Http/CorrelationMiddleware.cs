using Microsoft.AspNetCore.Http;
using SreLab.Workloads.ServiceDefaults.Hosting;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>Gives each request its correlation id and sends it back; asks clients to reconnect elsewhere while draining.</summary>
internal sealed class CorrelationMiddleware(RequestDelegate next, ServiceLifecycle lifecycle)
{
    public Task InvokeAsync(HttpContext context)
    {
        var received = context.Request.Headers[CorrelationId.Header];
        var id = CorrelationId.TakeOverOrMake(received.Count == 1 ? received[0] : null);
        CorrelationId.Set(context, id);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[CorrelationId.Header] = id;
            if (lifecycle.IsDraining)
            {
                context.Response.Headers.Connection = "close";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}

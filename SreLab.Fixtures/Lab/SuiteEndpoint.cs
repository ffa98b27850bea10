using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SreLab.Fixtures.Alerts;

namespace SreLab.Fixtures.Lab;

/// <summary>Where this process listens while it runs: Alertmanager delivers to <c>/alerts</c>, Prometheus scrapes <c>/metrics</c>.</summary>
/// <remarks>One address for each lab, so it also keeps two processes from running stages on one lab at once.</remarks>
public sealed class SuiteEndpoint : IAsyncDisposable
{
    private readonly WebApplication _server;

    private SuiteEndpoint(WebApplication server) => _server = server;

    /// <summary>Listens.</summary>
    /// <param name="address">Scheme, address and port.</param>
    /// <param name="receiver">Gets every notification.</param>
    /// <param name="metrics">The metrics in Prometheus' text format, made anew for each scrape.</param>
    /// <exception cref="LabException">Something listens there already: another run on the same lab.</exception>
    public static async Task<SuiteEndpoint> StartAsync(Uri address, AlertReceiver receiver, Func<string> metrics)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address.Host), address.Port));
        var server = builder.Build();
        server.Run(context => context.Request.Path.Value switch
        {
            "/alerts" when HttpMethods.IsPost(context.Request.Method) => AcceptAsync(context, receiver),
            "/metrics" when HttpMethods.IsGet(context.Request.Method) => WriteAsync(context, StatusCodes.Status200OK, metrics(), "text/plain; version=0.0.4; charset=utf-8"),
            _ => WriteAsync(context, StatusCodes.Status404NotFound, "known: POST /alerts, GET /metrics\n", "text/plain"),
        });
        try
        {
            await server.StartAsync();
            return new SuiteEndpoint(server);
        }
        catch (IOException e)
        {
            await server.DisposeAsync();
            throw new LabException(
                $"another run uses this lab: {address.Authority} is taken; nothing was touched.\n" +
                "  fix          wait until it has ended, or use a lab beside it: NETWORK=127.23.0",
                e);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task AcceptAsync(HttpContext context, AlertReceiver receiver)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            receiver.Accept(body, DateTimeOffset.UtcNow);
        }
        catch (LabException e)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, e.Message, "text/plain");
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string text, string type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}

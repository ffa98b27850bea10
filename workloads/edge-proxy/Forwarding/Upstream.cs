using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SreLab.Workloads.ServiceDefaults.Http;
using SreLab.Workloads.ServiceDefaults.Logs;
using Yarp.ReverseProxy.Forwarder;

namespace SreLab.Workloads.EdgeProxy.Forwarding;

/// <summary>The service behind the sidecar.</summary>
internal sealed class Upstream : IDisposable
{
    private readonly IHttpForwarder _forwarder;
    private readonly ProxySettings _settings;
    private readonly ProxyMetrics _metrics;
    private readonly ILogger<Upstream> _logger;
    private readonly WithCorrelationId _transformer = new();
    private readonly HttpMessageInvoker _client;

    public Upstream(IHttpForwarder forwarder, ProxySettings settings, ProxyMetrics metrics, ILogger<Upstream> logger)
    {
        (_forwarder, _settings, _metrics, _logger) = (forwarder, settings, metrics, logger);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = settings.Timeout,
        });
    }

    /// <summary>Passes a request on and its answer back, both as they come. Without an answer the client gets 504 when the time was over, else 502.</summary>
    /// <param name="context">The request.</param>
    public async Task ForwardAsync(HttpContext context)
    {
        // A client that prefers to wait is served by a service that waits: that is no time-out.
        var config = new ForwarderRequestConfig { ActivityTimeout = _settings.Timeout + PreferredWait.Of(context.Request) };
        var error = await _forwarder.SendAsync(context, _settings.Upstream.AbsoluteUri, _client, config, _transformer);
        if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        var isTimeout = error == ForwarderError.RequestTimedOut;
        if (isTimeout)
        {
            _metrics.TimedOut();
        }

        _logger.Write(
            LogLevel.Warning, cause, "the service did not answer", (CorrelationId.Field, CorrelationId.Of(context)), ("path", context.Request.Path.Value), ("cause", error.ToString()));
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await AnswerAsync(context, isTimeout, cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Task AnswerAsync(HttpContext context, bool isTimeout, Exception? cause) => FaultOfClient(cause) switch
    {
        { } fault => Problem.WriteAsync(context, fault.StatusCode, fault.Message),
        _ when isTimeout => Problem.WriteAsync(context, StatusCodes.Status504GatewayTimeout, "the service did not answer in time"),
        _ => Problem.WriteAsync(context, StatusCodes.Status502BadGateway, "the service cannot be reached"),
    };

    // The client's own request may be at fault, for example its body too large; the forwarder wraps that.
    private static BadHttpRequestException? FaultOfClient(Exception? error) => error switch
    {
        null => null,
        BadHttpRequestException fault => fault,
        AggregateException many => many.InnerExceptions.Select(FaultOfClient).FirstOrDefault(f => f is not null),
        _ => FaultOfClient(error.InnerException),
    };
}

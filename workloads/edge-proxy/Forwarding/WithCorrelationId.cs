using Microsoft.AspNetCore.Http;
using SreLab.Workloads.ServiceDefaults.Http;
using Yarp.ReverseProxy.Forwarder;

namespace SreLab.Workloads.EdgeProxy.Forwarding;

/// <summary>Copies a request as it is, with the correlation id that the sidecar made or took over.</summary>
internal sealed class WithCorrelationId : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Remove(CorrelationId.Header);
        proxyRequest.Headers.Add(CorrelationId.Header, CorrelationId.Of(httpContext));
        // The service is named by its address, not by what the client called the sidecar.
        proxyRequest.Headers.Host = null;
    }
}

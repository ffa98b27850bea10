using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.InvoiceApp;

/// <summary>Tells who answered, so that a client sees how its requests are spread.</summary>
internal static class HelloEndpoint
{
    /// <summary>Adds it.</summary>
    /// <param name="endpoints">Where to.</param>
    public static void MapHello(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/hello", (ServiceSettings settings, Place place) =>
            new Hello("Hello from the invoice app", settings.Instance, place.Pod, place.Namespace, place.Node, Environment.MachineName))
            .WithSummary("Who answers.");

    private sealed record Hello(string Message, string Instance, string Pod, string Namespace, string Node, string Host);
}

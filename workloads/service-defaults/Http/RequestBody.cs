using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>Reads what a client sent.</summary>
public static class RequestBody
{
    /// <summary>Reads a JSON object.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="whenEmpty">Taken when there is no body; null makes a body necessary.</param>
    /// <exception cref="BadHttpRequestException">It is no such object (400), or is not declared as JSON (415).</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, T? whenEmpty)
        where T : class
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
        {
            return whenEmpty ?? throw new BadHttpRequestException("the body is missing");
        }

        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("the body must be application/json", StatusCodes.Status415UnsupportedMediaType);
        }

        // All of it first: what is too large is refused as that, whatever its first bytes say.
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(body, JsonOptions.Web, context.RequestAborted)
                ?? throw new BadHttpRequestException("the body is null");
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException($"the body is not what it should be: {e.Message}", e);
        }
    }
}

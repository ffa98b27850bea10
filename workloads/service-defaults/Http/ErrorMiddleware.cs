using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SreLab.Workloads.ServiceDefaults.Database;
using SreLab.Workloads.ServiceDefaults.Logs;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>Turns what was thrown into a problem, and an error status without a body into one with.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            var response = context.Response;
            if (!response.HasStarted && response.StatusCode >= StatusCodes.Status400BadRequest && response.ContentLength is null && response.ContentType is null)
            {
                await Problem.WriteAsync(context, response.StatusCode, null);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (!context.Response.HasStarted && DatabaseFailure.IsUnavailable(e))
        {
            Note(context, LogLevel.Warning, e, "the database did not answer");
            context.Response.Headers.RetryAfter = "1";
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the database is not available now; try again");
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Note(context, LogLevel.Error, e, "request failed");
            await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, null);
        }
    }

    private void Note(HttpContext context, LogLevel level, Exception error, string message) =>
        logger.Write(level, error, message, (CorrelationId.Field, CorrelationId.Of(context)), ("path", context.Request.Path.Value));
}

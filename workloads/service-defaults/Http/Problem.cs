using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>What a client is told when its request cannot be served (RFC 9457).</summary>
/// <param name="Type">Kind of the problem; <c>about:blank</c> says that the status is all there is.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">What was wrong with this request; null when the status says it all.</param>
/// <param name="CorrelationId">Where to look in the logs.</param>
public sealed record Problem(string Type, string Title, int Status, string? Detail, string CorrelationId)
{
    /// <summary>What the answer is declared as.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Answers with a problem.</summary>
    /// <param name="context">The request; its answer must not have begun.</param>
    /// <param name="status">The status.</param>
    /// <param name="detail">What was wrong with this request.</param>
    public static Task WriteAsync(HttpContext context, int status, string? detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Of(context, status, detail), JsonOptions.Web, ContentType);
    }

    /// <summary>The result of an endpoint that cannot serve a request.</summary>
    /// <param name="status">The status.</param>
    /// <param name="detail">What was wrong with this request.</param>
    public static IResult Result(int status, string? detail) => new ProblemAnswer(status, detail);

    private static Problem Of(HttpContext context, int status, string? detail) =>
        new("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, Http.CorrelationId.Of(context));

    private sealed class ProblemAnswer(int status, string? detail) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, status, detail);
    }
}

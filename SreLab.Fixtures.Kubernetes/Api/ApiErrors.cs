using System.Net;
using System.Net.WebSockets;
using k8s;
using k8s.Autorest;
using k8s.Models;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>Turns what the client throws into text that a person can act on.</summary>
internal static class ApiErrors
{
    /// <summary>Whether it is an answer, or a failure to get one, of the API server.</summary>
    public static bool IsOfApi(Exception e, CancellationToken ct) =>
        e is HttpOperationException or KubernetesException or HttpRequestException or WebSocketException or IOException
        || (e is OperationCanceledException && !ct.IsCancellationRequested);

    /// <summary>Whether the object is not there.</summary>
    public static bool IsNotFound(Exception e) => StatusOf(e) == (int)HttpStatusCode.NotFound;

    /// <summary>Whether there is one of that name already, or it was changed meanwhile.</summary>
    public static bool IsConflict(Exception e) => StatusOf(e) == (int)HttpStatusCode.Conflict;

    /// <summary>Whether a right is missing.</summary>
    public static bool IsForbidden(Exception e) => StatusOf(e) == (int)HttpStatusCode.Forbidden;

    /// <summary>Whether the version asked for is too old: list again.</summary>
    public static bool IsGone(Exception e) => StatusOf(e) == (int)HttpStatusCode.Gone;

    /// <summary>What happened, in one line.</summary>
    public static string Text(Exception e) => e switch
    {
        HttpOperationException { Response: { } response } http => $"{(int)response.StatusCode} {MessageOf(http) ?? response.ReasonPhrase}",
        KubernetesException { Status: { } status } => $"{status.Code} {status.Message}",
        OperationCanceledException => "no answer in time",
        _ => (e.InnerException ?? e).Message.Split('\n')[0],
    };

    /// <summary>A refusal with the reason and what to do.</summary>
    /// <param name="what">What was tried, as the start of a sentence.</param>
    /// <param name="e">What came of it.</param>
    public static LabException Refusal(string what, Exception e) => new(
        $"{what}: {Text(e)}.\n  fix          {Fix(StatusOf(e))}",
        e);

    private static string Fix(int? status) => status switch
    {
        401 => $"log in again; the cluster does not know the user of {SettingNames.Context}",
        403 => "ask the cluster's owner for the right that the message names",
        _ => $"see whether the cluster answers: kubectl --context NAME get nodes ({SettingNames.Context})",
    };

    private static int? StatusOf(Exception e) => e switch
    {
        HttpOperationException { Response: { } response } => (int)response.StatusCode,
        KubernetesException { Status.Code: { } code } => code,
        _ => null,
    };

    // The body is a Status where the API server answered, text where something before it did.
    private static string? MessageOf(HttpOperationException e)
    {
        try
        {
            return e.Response.Content is { Length: > 0 } content ? KubernetesJson.Deserialize<V1Status>(content).Message : null;
        }
        catch (Exception f) when (f is System.Text.Json.JsonException or NotSupportedException)
        {
            return e.Response.Content.Split('\n')[0];
        }
    }
}

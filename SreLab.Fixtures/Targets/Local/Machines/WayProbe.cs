using System.Text;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Asks a harmless question over a way between members: an answer, of any kind, shows that it is open.</summary>
internal static class WayProbe
{
    /// <summary>To the consensus store.</summary>
    public static (HttpMethod Method, string Path, string? Body) StoreQuestion { get; } = (HttpMethod.Get, "version", null);

    /// <summary>To a member's Patroni.</summary>
    public static (HttpMethod Method, string Path, string? Body) RoleQuestion { get; } = (HttpMethod.Get, "liveness", null);

    /// <summary>As a leader asks, but not for what a leader asks for: it changes nothing.</summary>
    public static (HttpMethod Method, string Path, string? Body) LeaderQuestion(Member leader) => (HttpMethod.Post, "failsafe-reachable", $$"""{"name": "{{leader.Name}}"}""");

    /// <summary>Whether an answer comes in time.</summary>
    public static async Task<bool> AnswersAsync(string host, int port, (HttpMethod Method, string Path, string? Body) question, TimeSpan patience, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = patience };
        using var request = new HttpRequestMessage(question.Method, LabNetwork.Url(host, port, question.Path))
        {
            Content = question.Body is null ? null : new StringContent(question.Body, Encoding.UTF8, "application/json"),
        };
        try
        {
            using var response = await http.SendAsync(request, ct);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}

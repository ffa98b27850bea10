using System.Text;
using System.Text.Json;

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>An answer, or why there is none.</summary>
/// <param name="Status">Null without a whole answer.</param>
/// <param name="MediaType">Without parameters; empty when there is none.</param>
/// <param name="Body">Text.</param>
/// <param name="Headers">By name, any case.</param>
/// <param name="Error">Why there is no answer; null when there is one.</param>
internal sealed record HttpAnswer(int? Status, string MediaType, string Body, IReadOnlyDictionary<string, string> Headers, string? Error)
{
    /// <summary>The body as JSON; undefined when it is none.</summary>
    public JsonElement Json()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>Status or error, for a line.</summary>
    public string Describe() => Status is { } status ? FormattableString.Invariant($"{status}") : Error ?? "no answer";
}

/// <summary>A request of a probe.</summary>
/// <param name="Method">GET, POST.</param>
/// <param name="Address">Where to.</param>
internal sealed record HttpQuestion(HttpMethod Method, Uri Address)
{
    /// <summary>JSON that is sent; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>Headers by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>When the probe gives up.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(12);
}

/// <summary>Asks once, on a connection of its own where that is wanted, and turns what goes wrong into an answer.</summary>
internal sealed class HttpProbe : IDisposable
{
    private readonly HttpClients _clients = new();

    /// <summary>A plain GET.</summary>
    public Task<HttpAnswer> GetAsync(Uri address, CancellationToken ct) => AskAsync(new HttpQuestion(HttpMethod.Get, address), onNewConnection: false, ct);

    /// <summary>Asks.</summary>
    public async Task<HttpAnswer> AskAsync(HttpQuestion question, bool onNewConnection, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(question.Deadline);
        try
        {
            using var request = new HttpRequestMessage(question.Method, question.Address);
            foreach (var (name, value) in question.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            if (question.Body is { } body)
            {
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            }

            using var response = await _clients.For(onNewConnection).SendAsync(request, deadline.Token).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(deadline.Token).ConfigureAwait(false);
            var headers = response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            return new HttpAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", text, headers, null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var error = e is OperationCanceledException ? "timed out" : HttpClients.Name(e);
            return new HttpAnswer(null, "", "", new Dictionary<string, string>(), error);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Cancelled at the moment at which the connection broke: to whoever cancelled it is cancelled, not an error.
            throw new OperationCanceledException("cancelled", e, ct);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _clients.Dispose();
}

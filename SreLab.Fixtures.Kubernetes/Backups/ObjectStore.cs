using System.Net;
using System.Xml.Linq;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>An object of the store.</summary>
/// <param name="Key">Its name, folders and all.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="StoredUtc">When it was stored.</param>
internal sealed record StoredObject(string Key, long Bytes, DateTimeOffset StoredUtc);

/// <summary>Reads a bucket of a store that speaks S3. It changes nothing.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="bucket">Which bucket.</param>
/// <param name="signature">How requests are signed.</param>
internal sealed class ObjectStore(Uri address, string bucket, StoreSignature signature) : IDisposable
{
    private const string EncryptionHeader = "x-amz-server-side-encryption";
    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>Everything whose name begins so, in the order of names.</summary>
    /// <exception cref="LabException">The store does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct)
    {
        var found = new List<StoredObject>();
        var query = new Dictionary<string, string> { ["list-type"] = "2", ["prefix"] = prefix };
        while (true)
        {
            using var answer = await SendAsync(HttpMethod.Get, "", query, ct);
            var page = XDocument.Parse(await answer.Content.ReadAsStringAsync(ct)).Root!;
            var names = page.Name.Namespace;
            found.AddRange(page.Elements(names + "Contents").Select(o => new StoredObject(
                (string)o.Element(names + "Key")!, (long)o.Element(names + "Size")!, (DateTimeOffset)o.Element(names + "LastModified")!)));
            if ((string?)page.Element(names + "IsTruncated") != "true" || (string?)page.Element(names + "NextContinuationToken") is not { } next)
            {
                return [.. found.OrderBy(o => o.Key, StringComparer.Ordinal)];
            }

            query["continuation-token"] = next;
        }
    }

    /// <summary>An object's content; null when there is none of that name.</summary>
    public async Task<string?> ReadTextAsync(string key, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Get, key, new Dictionary<string, string>(), ct);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.Content.ReadAsStringAsync(ct);
    }

    /// <summary>Lets somebody read an object's content as it comes.</summary>
    public async Task<T> ReadAsync<T>(string key, Func<Stream, Task<T>> read, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Get, key, new Dictionary<string, string>(), ct);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            throw new LabException($"the store of the backups has no {bucket}/{key} any more.\n  repeat       make backups");
        }

        await using var content = await answer.Content.ReadAsStreamAsync(ct);
        return await read(content);
    }

    /// <summary>How the store says that it encrypted an object; null when it says nothing.</summary>
    public async Task<string?> EncryptionAsync(string key, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Head, key, new Dictionary<string, string>(), ct);
        return answer.Headers.TryGetValues(EncryptionHeader, out var values) ? values.FirstOrDefault() : null;
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string key, Dictionary<string, string> query, CancellationToken ct)
    {
        var path = $"/{bucket}{(key.Length == 0 ? "" : "/" + string.Join('/', key.Split('/').Select(Uri.EscapeDataString)))}";
        var now = DateTimeOffset.UtcNow;
        using var request = new HttpRequestMessage(method, path + (query.Count == 0 ? "" : "?" + StoreSignature.QueryText(query)));
        request.Headers.Add("x-amz-date", StoreSignature.Moment(now));
        request.Headers.Add("x-amz-content-sha256", StoreSignature.EmptyBody);
        request.Headers.TryAddWithoutValidation("Authorization", signature.Authorize(method.Method, address.Authority, path, query, now));
        try
        {
            var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (answer.IsSuccessStatusCode || (answer.StatusCode == HttpStatusCode.NotFound && key.Length > 0))
            {
                return answer;
            }

            using (answer)
            {
                throw new LabException($"the store of the backups refused {method} {path}: {(int)answer.StatusCode} {CodeOf(await answer.Content.ReadAsStringAsync(ct))}.\n  look         kubectl logs of the store's pod; the secret that the Cluster names for it");
            }
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new LabException($"the store of the backups does not answer: {e.Message.Split('\n')[0]}.\n  look         whether its pod is ready: kubectl get pods -l app.kubernetes.io/component=backups", e);
        }
    }

    // The answer is XML with a code, or whatever stands before the store has to say.
    private static string CodeOf(string body)
    {
        try
        {
            var root = XDocument.Parse(body).Root!;
            return $"{(string?)root.Element("Code")} {(string?)root.Element("Message")}".Trim();
        }
        catch (System.Xml.XmlException)
        {
            return body.Split('\n')[0];
        }
    }
}

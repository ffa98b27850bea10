using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>Signs a request without a body as stores that speak S3 want it (AWS signature, version 4).</summary>
/// <param name="User">Access key id.</param>
/// <param name="Key">Secret access key.</param>
internal sealed record StoreSignature(string User, string Key)
{
    /// <summary>Digest of no body.</summary>
    public const string EmptyBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Region = "us-east-1";
    private const string SignedHeaders = "host;x-amz-content-sha256;x-amz-date";

    /// <summary>A moment as the header <c>x-amz-date</c> has it.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The header <c>Authorization</c>.</summary>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="host">As the header has it, with the port where it is not the usual one.</param>
    /// <param name="path">Encoded, without the query.</param>
    /// <param name="query">Names and values, not encoded.</param>
    /// <param name="at">The moment of the request.</param>
    public string Authorize(string method, string host, string path, IReadOnlyDictionary<string, string> query, DateTimeOffset at)
    {
        var moment = Moment(at);
        var scope = $"{moment[..8]}/{Region}/s3/aws4_request";
        var request = $"{method}\n{path}\n{QueryText(query)}\nhost:{host}\nx-amz-content-sha256:{EmptyBody}\nx-amz-date:{moment}\n\n{SignedHeaders}\n{EmptyBody}";
        var text = $"{Algorithm}\n{moment}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}";
        var key = new[] { moment[..8], Region, "s3", "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + Key), Hash);
        return $"{Algorithm} Credential={User}/{scope}, SignedHeaders={SignedHeaders}, Signature={Hex(Hash(key, text))}";
    }

    /// <summary>A query as it is signed and sent: in the order of its names.</summary>
    public static string QueryText(IReadOnlyDictionary<string, string> query) =>
        string.Join('&', query.OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}"));

    // The generated text would hold the key.
    /// <inheritdoc />
    public override string ToString() => $"signature of {User}";

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

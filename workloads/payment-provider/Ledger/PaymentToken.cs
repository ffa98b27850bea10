using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SreLab.Workloads.PaymentProvider.Ledger;

/// <summary>The token that callers must show.</summary>
/// <param name="token">The token; never told.</param>
internal sealed class PaymentToken(string token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash = Hash(token);

    /// <summary>Whether a request shows it. How long the answer takes tells nothing about the token.</summary>
    /// <param name="request">The request.</param>
    public bool IsShownBy(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && CryptographicOperations.FixedTimeEquals(_hash, Hash(header[Scheme.Length..].Trim()));
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

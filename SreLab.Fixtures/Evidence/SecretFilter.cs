using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Evidence;

/// <summary>Takes secrets out of text that is to be kept: the values that are known to be secret, and whatever stands where secrets stand.</summary>
/// <param name="secrets">Values that must not be kept, wherever they stand.</param>
public sealed partial class SecretFilter(IEnumerable<string> secrets)
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Removed = "[removed]";

    // What is shorter than this is no password that anybody should have, and would take half of the words with it.
    private const int ShortestSecret = 6;

    private readonly string[] _secrets = [.. secrets.Where(s => s.Length >= ShortestSecret).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length)];

    /// <summary>One line without its secrets.</summary>
    public string Clean(string line)
    {
        line = Logins().Replace(Credentials().Replace(Assignments().Replace(line, $"${{name}}{Removed}"), $"${{scheme}} {Removed}"), $"://{Removed}@");
        return _secrets.Aggregate(line, (cleaned, secret) => cleaned.Replace(secret, Removed, StringComparison.Ordinal));
    }

    /// <summary>password=..., "password": "...", PGPASSWORD='...', token ..., secret: ...; also of libpq and of YAML.</summary>
    [GeneratedRegex("""(?<name>\b\w*(?:password|passwd|passphrase|secret|token|api_?key)\w*["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&}\]]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Assignments();

    /// <summary>Headers: Basic and Bearer with what follows.</summary>
    [GeneratedRegex("""\b(?<scheme>Basic|Bearer)\s+[A-Za-z0-9+/=._~-]{6,}""", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials();

    /// <summary>User and password of an address.</summary>
    [GeneratedRegex("""://[^/\s:@]+:[^/\s@]+@""")]
    private static partial Regex Logins();
}

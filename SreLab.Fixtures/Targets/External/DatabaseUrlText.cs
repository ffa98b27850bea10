using System.Globalization;

namespace SreLab.Fixtures.Targets.External;

/// <summary>Reads a URL of PostgreSQL: <c>postgresql://USER[:PASSWORD]@HOST[:PORT][,...]/DATABASE[?name=value&amp;...]</c>.</summary>
/// <remarks>A problem names the part that is wrong and never repeats the text: a password may be in any part of a URL that is not one.</remarks>
internal static class DatabaseUrlText
{
    public const string Shape = "postgresql://USER@HOST:PORT/DATABASE?sslmode=verify-full";
    private const int DefaultPort = 5432;
    private static readonly string[] Schemes = ["postgresql://", "postgres://"];
    private static readonly string[] SslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];
    private static readonly string[] Sessions = ["any", "read-write", "primary"];
    private static readonly string[] Files = ["sslrootcert", "sslcert", "sslkey"];

    /// <summary>Reads it.</summary>
    /// <returns>The database, or what is wrong with the text.</returns>
    public static (DatabaseUrl? Url, string Problem) Read(string text)
    {
        if (Schemes.FirstOrDefault(s => text.StartsWith(s, StringComparison.Ordinal)) is not { } scheme)
        {
            return (null, $"is no URL of PostgreSQL; write {Shape}");
        }

        try
        {
            return (Read(text[scheme.Length..].Split('?', 2)), "");
        }
        catch (FormatException e)
        {
            return (null, $"{e.Message}; write {Shape}");
        }
    }

    /// <summary>Reads <c>host:port</c>, or a host alone.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static HostPort ReadHost(string text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        var (host, rest) = end <= 0 ? (text, "") : (text[..end], text[end..]);
        var port = DefaultPort;
        if (rest.Length > 0
            && (rest[0] != ':' || !int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65_535))
        {
            throw new FormatException("has a port that is no number from 1 to 65535");
        }

        host = host.Trim('[', ']');
        return host.Length > 0 && !host.Any(c => char.IsWhiteSpace(c) || c is '/' or '=' or '@' or ';')
            ? new HostPort(host, port)
            : throw new FormatException("has no host, or one that is no name or address");
    }

    private static DatabaseUrl Read(string[] parts)
    {
        var slash = parts[0].IndexOf('/', StringComparison.Ordinal);
        var at = (slash < 0 ? parts[0] : parts[0][..slash]).LastIndexOf('@');
        if (slash < 0 || slash == parts[0].Length - 1)
        {
            throw new FormatException("names no database");
        }

        if (at <= 0)
        {
            throw new FormatException("names no user");
        }

        var login = parts[0][..at].Split(':', 2);
        var parameters = Parameters(parts.Length > 1 ? parts[1] : "");
        return new DatabaseUrl(
            [.. parts[0][(at + 1)..slash].Split(',').Select(ReadHost)],
            Decode(login[0]),
            login.Length > 1 ? Decode(login[1]) : null,
            Decode(parts[0][(slash + 1)..]),
            OneOf(parameters, "sslmode", SslModes, "prefer"),
            Files.Where(parameters.ContainsKey).ToDictionary(f => f, f => parameters[f]),
            OneOf(parameters, "target_session_attrs", Sessions, "primary"));
    }

    private static Dictionary<string, string> Parameters(string query)
    {
        string[] known = ["sslmode", "target_session_attrs", .. Files];
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (parts.Length < 2 || !known.Contains(parts[0]))
            {
                throw new FormatException($"has a parameter that is not known here; known: {string.Join(", ", known)}");
            }

            parameters[parts[0]] = Decode(parts[1]);
        }

        return parameters;
    }

    private static string OneOf(Dictionary<string, string> parameters, string name, string[] allowed, string otherwise) =>
        !parameters.TryGetValue(name, out var value) ? otherwise
        : allowed.Contains(value) ? value
        : throw new FormatException($"has another {name} than {string.Join(", ", allowed)}");

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}

using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace SreLab.Fixtures.Targets.External;

/// <summary>Says what a refused or failed connection means to the person who wrote the settings.</summary>
internal static class Refusals
{
    /// <summary>Explains; branches on SQLSTATE and type, never on a message.</summary>
    /// <param name="error">What the driver threw.</param>
    /// <param name="url">Where it was to connect.</param>
    /// <param name="setting">The setting that says so.</param>
    public static (string Found, string Fix) Explain(Exception error, DatabaseUrl url, string setting)
    {
        var at = string.Join(", ", url.Hosts);
        var chain = Chain(error).ToList();
        if (chain.OfType<PostgresException>().FirstOrDefault() is { } server)
        {
            return server.SqlState switch
            {
                PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                    $"{at} refuses {url.User}: {server.MessageText}",
                    $"check user, password and sslmode: in {setting}, PGPASSWORD or the password file; and the server's pg_hba.conf"),
                PostgresErrorCodes.InvalidCatalogName => ($"{at}: {server.MessageText}", $"check the database in {setting}, or create it"),
                _ => ($"{at}: {server.SqlState} {server.MessageText}", $"check {setting}"),
            };
        }

        if (chain.OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return ($"{at} fails the TLS that sslmode={url.SslMode} asks for: {tls.Message}", $"check sslmode and sslrootcert in {setting}");
        }

        if (chain.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return ($"{at} cannot be reached: {socket.Message}", $"start it, or check host and port in {setting}");
        }

        if (url.Hosts.Count > 1 && chain.Count == 1)
        {
            return ($"none of {at} is primary", $"promote one, or check the hosts in {setting}");
        }

        return chain.Any(e => e is TimeoutException)
            ? ($"{at} does not answer", $"start it, or check host and port in {setting}")
            : ($"{at}: {chain[^1].Message.Split('\n')[0]}", $"check sslmode, certificates, host and port in {setting}");
    }

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException ?? (error as AggregateException)?.InnerExceptions.FirstOrDefault())
        {
            yield return error;
        }
    }
}

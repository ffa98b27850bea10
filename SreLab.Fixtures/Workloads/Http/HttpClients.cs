using System.Net.Sockets;

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>The connections of a load or a probe: some kept, some opened for one request. Neither follows redirects, keeps cookies or asks a proxy.</summary>
internal sealed class HttpClients : IDisposable
{
    private readonly HttpClient _kept = Create(Timeout.InfiniteTimeSpan);
    private readonly HttpClient _fresh = Create(TimeSpan.Zero);

    /// <summary>The client for a request.</summary>
    /// <param name="onNewConnection">Whether it is to open a connection of its own.</param>
    public HttpClient For(bool onNewConnection) => onNewConnection ? _fresh : _kept;

    /// <summary>What went wrong, in one word or two.</summary>
    public static string Name(Exception error) => error.GetBaseException() switch
    {
        SocketException socket => socket.SocketErrorCode.ToString(),
        HttpRequestException request => request.HttpRequestError.ToString(),
        HttpIOException io => io.HttpRequestError.ToString(),
        var other => other.GetType().Name,
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _kept.Dispose();
        _fresh.Dispose();
    }

    private static HttpClient Create(TimeSpan lifetime) => new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = lifetime,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    })
    {
        // Each request brings its own deadline.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}

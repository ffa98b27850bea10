using System.Net.Sockets;

namespace SreLab.Fixtures.Targets.Kubernetes;

/// <summary>Whether a Docker engine answers, and where it was asked.</summary>
/// <param name="Answers">It does.</param>
/// <param name="Address">As <c>DOCKER_HOST</c> has it, or the usual socket.</param>
/// <param name="Detail">Its version, or what is wrong.</param>
internal sealed record DockerAnswer(bool Answers, string Address, string Detail);

/// <summary>Asks the Docker engine by its own protocol: no package of the Kubernetes targets is needed for it.</summary>
internal static class DockerEngine
{
    /// <summary>The variable by which every Docker client finds its engine.</summary>
    public const string HostVariable = "DOCKER_HOST";

    private const string UsualSocket = "unix:///var/run/docker.sock";

    // An engine answers a ping in milliseconds; one that hangs for seconds is of no use.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks the engine that Docker's own client would ask.</summary>
    public static DockerAnswer Ask() => Ask(Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } host ? host : UsualSocket);

    /// <summary>Asks the engine at an address.</summary>
    /// <param name="address">unix:///path or tcp://host:port.</param>
    public static DockerAnswer Ask(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("unix" or "tcp" or "http" or "https"))
        {
            return new DockerAnswer(false, address, "not an address of an engine (unix:///path or tcp://host:port)");
        }

        if (uri.Scheme == "unix" && !File.Exists(uri.AbsolutePath))
        {
            return new DockerAnswer(false, address, "there is no such socket");
        }

        try
        {
            // A port that demands TLS answers plain text with an error, which is an answer.
            using var handler = new SocketsHttpHandler { ConnectCallback = async (_, ct) => await ConnectAsync(uri, ct) };
            using var http = new HttpClient(handler) { Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://docker/_ping");
            using var response = http.Send(request);
            return response.Headers.TryGetValues("Api-Version", out var version)
                ? new DockerAnswer(true, address, $"API {string.Join(' ', version)}")
                : uri.Scheme == "unix"
                    ? new DockerAnswer(false, address, $"what listens there is no Docker engine ({(int)response.StatusCode})")
                    : new DockerAnswer(true, address, "answers");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException or OperationCanceledException)
        {
            return new DockerAnswer(false, address, (e.InnerException ?? e).Message);
        }
    }

    private static async Task<Stream> ConnectAsync(Uri uri, CancellationToken ct)
    {
        var socket = uri.Scheme == "unix"
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await (uri.Scheme == "unix"
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(uri.AbsolutePath), ct)
                : socket.ConnectAsync(uri.Host, uri.Port > 0 ? uri.Port : 2375, ct));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

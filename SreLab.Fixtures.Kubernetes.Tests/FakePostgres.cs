using System.Net;
using System.Net.Sockets;
using System.Text;
using SreLab.Fixtures.Kubernetes.Forwards;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>A server behind a forward that says everything again in capitals, and its clients.</summary>
internal static class FakePostgres
{
    /// <summary>What it says to what was sent.</summary>
    public static byte[] Answer(byte[] data) => Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(data).ToUpperInvariant());

    /// <summary>Sends a text over a connection of its own.</summary>
    /// <returns>As much of an answer.</returns>
    public static async Task<string> SayAsync(IPAddress host, int port, string text, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, ct);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), ct);
        var answer = new byte[text.Length];
        await client.GetStream().ReadExactlyAsync(answer, ct);
        return Encoding.ASCII.GetString(answer);
    }

    /// <summary>Logs in as far as that server knows how to.</summary>
    public static async Task<IMemberSession> LoginAsync(IPAddress host, int port, CancellationToken ct)
    {
        var session = new Session();
        try
        {
            await session.LoginAsync(host, port, ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private sealed class Session : IMemberSession
    {
        private readonly TcpClient _client = new();

        public async Task LoginAsync(IPAddress host, int port, CancellationToken ct)
        {
            await _client.ConnectAsync(host, port, ct);
            await _client.GetStream().WriteAsync("l"u8.ToArray(), ct);
            await _client.GetStream().ReadExactlyAsync(new byte[1], ct);
        }

        public async Task EndedAsync(CancellationToken ct) => await _client.GetStream().ReadExactlyAsync(new byte[1], ct);

        public ValueTask DisposeAsync()
        {
            _client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

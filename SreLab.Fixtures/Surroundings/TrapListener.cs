using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SreLab.Fixtures.Surroundings;

/// <summary>Stands where a proxy would be: notes who comes, and serves nobody.</summary>
internal sealed class TrapListener : IAsyncDisposable
{
    private const int LongestRequest = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly Task _accepting;

    /// <summary>Listens from now on.</summary>
    public TrapListener(IPAddress address, int port)
    {
        _listener = new TcpListener(address, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Who came, with the first line of what he said.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                _seen.Enqueue(await FirstLineAsync(client));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The end, or a client that was gone again: who came was noted before, or never arrived.
            }
        }
    }

    private async Task<string> FirstLineAsync(TcpClient client)
    {
        var bytes = new byte[LongestRequest];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        limit.CancelAfter(Patience);
        try
        {
            var count = await client.GetStream().ReadAsync(bytes, limit.Token);
            return count == 0 ? "nothing said" : Encoding.ASCII.GetString(bytes, 0, count).Split('\r', '\n')[0];
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return "nothing said";
        }
    }
}

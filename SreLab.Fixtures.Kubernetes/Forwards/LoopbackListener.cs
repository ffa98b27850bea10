using System.Net;
using System.Net.Sockets;
using SreLab.Fixtures.Kubernetes.Api;

namespace SreLab.Fixtures.Kubernetes.Forwards;

/// <summary>A loopback address whose connections lead to a port in the cluster. It can refuse connections and take them again, on the same port.</summary>
/// <param name="address">Loopback address.</param>
/// <param name="open">Opens a connection to the cluster.</param>
internal sealed class LoopbackListener(IPAddress address, Func<CancellationToken, Task<PodTunnel>> open) : IAsyncDisposable
{
    // As much as one frame of the protocol: a larger buffer would be filled in parts.
    private const int BufferBytes = 32 * 1024;
    private const int Backlog = 128;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _state = new();
    private Socket? _listener;
    private int _port;
    private string? _problem;

    /// <summary>The port; known once it listened.</summary>
    public int Port => Volatile.Read(ref _port);

    /// <summary>Why the last connection that did not end in order was ended, in the pod's words; null for none. Reading it forgets it.</summary>
    public string? TakeProblem() => Interlocked.Exchange(ref _problem, null);

    /// <summary>Whether connections are taken.</summary>
    public bool IsListening
    {
        get
        {
            lock (_state)
            {
                return _listener is not null;
            }
        }
    }

    /// <summary>Takes connections.</summary>
    public void Listen()
    {
        lock (_state)
        {
            if (_listener is not null || _stop.IsCancellationRequested)
            {
                return;
            }

            // An address of the lab's own: nobody else takes the port while it is closed.
            var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(address, _port));
            listener.Listen(Backlog);
            _port = ((IPEndPoint)listener.LocalEndPoint!).Port;
            _listener = listener;
            _ = Task.Run(() => AcceptAsync(listener));
        }
    }

    /// <summary>Refuses connections; those that are open live as long as their other end.</summary>
    public void Refuse()
    {
        lock (_state)
        {
            _listener?.Dispose();
            _listener = null;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Refuse();
        _stop.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        var stop = _stop.Token;
        while (true)
        {
            try
            {
                var client = await listener.AcceptAsync(stop);
                _ = Task.Run(() => ServeAsync(client, stop), CancellationToken.None);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        client.NoDelay = true;
        using (client)
        {
            try
            {
                await using var tunnel = await open(stop);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
                var up = SendAsync(client, tunnel, over.Token);
                var down = ReceiveAsync(client, tunnel, over.Token);
                var first = await Task.WhenAny(up, down);
                if (first == down && down.IsCompletedSuccessfully)
                {
                    // The server has said its last word in order: the client is to read all of it.
                    client.Shutdown(SocketShutdown.Send);
                }
                else if (first == down)
                {
                    Reset(client, down.Exception!.GetBaseException());
                }

                await over.CancelAsync();
                await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e)
            {
                // What could not be connected is told to the client as the network would tell it.
                Reset(client, e);
            }
        }
    }

    private static async Task SendAsync(Socket client, PodTunnel tunnel, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        int count;
        while ((count = await client.ReceiveAsync(buffer, ct)) > 0)
        {
            await tunnel.WriteAsync(buffer.AsMemory(0, count), ct);
        }
    }

    private static async Task ReceiveAsync(Socket client, PodTunnel tunnel, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        int count;
        while ((count = await tunnel.ReadAsync(buffer, ct)) > 0)
        {
            for (var sent = 0; sent < count;)
            {
                sent += await client.SendAsync(buffer.AsMemory(sent, count - sent), ct);
            }
        }
    }

    private void Reset(Socket client, Exception why)
    {
        Volatile.Write(ref _problem, ApiErrors.Text(why));
        try
        {
            client.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }
}

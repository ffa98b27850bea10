using System.Net.WebSockets;
using System.Text;
using k8s;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>One connection to a port of a pod, through the API server.</summary>
/// <remarks>
/// The protocol is <c>v4.channel.k8s.io</c> of one port: the first byte of a message is the channel, 0 for data and 1 for errors, and the first message of
/// each channel holds the port. That the pod refuses is told on channel 1, after the connection was made.
/// </remarks>
internal sealed class PodTunnel : IAsyncDisposable
{
    private const byte Data = 0;
    private const byte Error = 1;
    private const int FrameBytes = 32 * 1024;
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(10);

    private readonly WebSocket _socket;
    private readonly byte[] _frame = new byte[FrameBytes];
    private readonly StringBuilder _error = new();
    private readonly int[] _portBytesLeft = [sizeof(ushort), sizeof(ushort)];
    private ReadOnlyMemory<byte> _pending;
    private byte[] _message = [];
    private byte? _channel;

    /// <summary>Takes over a socket that speaks the protocol.</summary>
    public PodTunnel(WebSocket socket) => _socket = socket;

    /// <summary>Connects.</summary>
    /// <param name="client">The cluster's API.</param>
    /// <param name="space">Namespace.</param>
    /// <param name="pod">Pod.</param>
    /// <param name="port">Port in it.</param>
    /// <param name="ct">Cancels it.</param>
    /// <param name="longest">How long the API server may take; null for the time of one whose node does not answer.</param>
    /// <exception cref="IOException">It took longer: a client behind it would wait for ever.</exception>
    public static async Task<PodTunnel> OpenAsync(IKubernetes client, string space, string pod, int port, CancellationToken ct, TimeSpan? longest = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest ?? LongestConnect);
        try
        {
            return new(await client.WebSocketNamespacedPodPortForwardAsync(pod, space, [port], WebSocketProtocol.V4BinaryWebsocketProtocol, null, limit.Token));
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"the API server opened no way to {space}/{pod} in time", e);
        }
    }

    /// <summary>Reads what the pod sent.</summary>
    /// <returns>Bytes in the buffer; 0 at the end.</returns>
    /// <exception cref="IOException">The pod refused, or the connection broke.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        while (_pending.IsEmpty)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await _socket.ReceiveAsync(_frame.AsMemory(), ct);
            }
            catch (WebSocketException e)
            {
                throw new IOException(_error.Length > 0 ? _error.ToString() : e.Message, e);
            }

            if (received.MessageType == WebSocketMessageType.Close)
            {
                return _error.Length > 0 ? throw new IOException(_error.ToString()) : 0;
            }

            _pending = Unwrap(_frame.AsMemory(0, received.Count), received.EndOfMessage);
        }

        var count = Math.Min(buffer.Length, _pending.Length);
        _pending[..count].CopyTo(buffer);
        _pending = _pending[count..];
        return count;
    }

    /// <summary>Sends bytes to the pod; one call at a time.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        try
        {
            // One frame: the kubelet takes each frame for a message, and the first byte of a second part for its channel.
            if (_message.Length < data.Length + 1)
            {
                _message = new byte[data.Length + 1];
            }

            _message[0] = Data;
            data.CopyTo(_message.AsMemory(1));
            await _socket.SendAsync(_message.AsMemory(0, data.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, ct);
        }
        catch (WebSocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        // Without a handshake: the other side may be a node that is gone.
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What of a frame is the pod's data; empty for everything else.</summary>
    private ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> frame, bool endsMessage)
    {
        var channel = _channel;
        if (channel is null && frame.Length > 0)
        {
            channel = frame.Span[0];
            frame = frame[1..];
        }

        _channel = endsMessage ? null : channel;
        if (channel <= Error)
        {
            var skipped = Math.Min(_portBytesLeft[channel.Value], frame.Length);
            _portBytesLeft[channel.Value] -= skipped;
            frame = frame[skipped..];
        }

        if (channel == Error)
        {
            _error.Append(Encoding.UTF8.GetString(frame.Span));
        }

        return channel == Data ? frame : default;
    }
}

using System.Net.WebSockets;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>Messages of v4.channel.k8s.io, as the kubelet reads and writes them.</summary>
internal static class FakeChannels
{
    // The kubelet takes each frame for a message: one in parts would put a byte of data in the place of the channel.
    public static async Task<int> ReceiveAsync(WebSocket socket, byte[] buffer, CancellationToken ct)
    {
        var part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
        return part switch
        {
            { MessageType: WebSocketMessageType.Close } => 0,
            { EndOfMessage: true } => part.Count,
            _ => throw new WebSocketException("a message in more than one frame"),
        };
    }

    public static Task SendAsync(WebSocket socket, byte channel, byte[] data) =>
        socket.SendAsync(new[] { channel }.Concat(data).ToArray(), WebSocketMessageType.Binary, true, CancellationToken.None);
}

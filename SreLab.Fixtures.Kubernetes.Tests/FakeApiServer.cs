using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SreLab.Fixtures.Kubernetes.Api;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>As much of an API server as the suite talks to: lists, watches with bookmarks and 410, exec and port-forward over v4.channel.k8s.io.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<Channel<string>> _watches = new();

    private FakeApiServer(WebApplication server) => _server = server;

    /// <summary>Answers by method and path, for example <c>GET /api/v1/namespaces</c>; a watch asks the same path.</summary>
    public ConcurrentDictionary<string, (int Status, string Json)> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Every request but those of watches: method, path, query, body.</summary>
    public ConcurrentQueue<(string Method, string Path, string Query, string Body)> Requests { get; } = new();

    /// <summary>Versions from which watches were asked for.</summary>
    public ConcurrentQueue<string> WatchedFrom { get; } = new();

    /// <summary>What exec answers: command in, exit code and texts out.</summary>
    public Func<IReadOnlyList<string>, (int Code, string Output, string Error)> OnExec { get; set; } = _ => (0, "", "");

    /// <summary>What listens in the pod; null refuses. Gets bytes, answers bytes; an empty answer ends the connection.</summary>
    public Func<byte[], byte[]?>? OnForward { get; set; }

    /// <summary>Ends every port-forward that is open.</summary>
    public CancellationTokenSource Forwards { get; private set; } = new();

    public static async Task<FakeApiServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        var fake = new FakeApiServer(server);
        server.UseWebSockets();
        server.Run(fake.ServeAsync);
        await server.StartAsync();
        return fake;
    }

    public k8s.Kubernetes Client() => ClusterClient.Create(new KubernetesClientConfiguration { Host = _server.Urls.First() });

    /// <summary>Sends an event to the watch that is open now, or will be next.</summary>
    public async Task SendAsync(string type, string json)
    {
        var limit = DateTimeOffset.UtcNow.AddSeconds(20);
        while (DateTimeOffset.UtcNow < limit)
        {
            if (_watches.TryPeek(out var watch) && watch.Writer.TryWrite($$"""{"type":"{{type}}","object":{{json}}}"""))
            {
                return;
            }

            await Task.Delay(10);
        }

        throw new TimeoutException("nobody watches");
    }

    /// <summary>Ends the watch that is open, as a server does after some minutes.</summary>
    public async Task EndWatchAsync()
    {
        Channel<string>? watch;
        while (!_watches.TryDequeue(out watch))
        {
            await Task.Delay(10);
        }

        watch.Writer.Complete();
    }

    public void EndForwards()
    {
        var old = Forwards;
        Forwards = new CancellationTokenSource();
        old.Cancel();
        old.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        while (_watches.TryDequeue(out var watch))
        {
            watch.Writer.TryComplete();
        }

        await Forwards.CancelAsync();
        await _server.DisposeAsync();
        Forwards.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(WebSocketProtocol.V4BinaryWebsocketProtocol);
            await (request.Path.Value!.EndsWith("/exec", StringComparison.Ordinal) ? ExecAsync(socket, [.. request.Query["command"].OfType<string>()]) : ForwardAsync(socket));
            return;
        }

        if (request.Query["watch"] == "true")
        {
            await WatchAsync(context);
            return;
        }

        using var reader = new StreamReader(request.Body);
        Requests.Enqueue((request.Method, request.Path, request.QueryString.Value ?? "", await reader.ReadToEndAsync(context.RequestAborted)));
        var (status, json) = Answers.TryGetValue($"{request.Method} {request.Path}", out var answer)
            ? answer
            : (404, """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"not found here","reason":"NotFound","code":404}""");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json, context.RequestAborted);
    }

    private async Task WatchAsync(HttpContext context)
    {
        WatchedFrom.Enqueue(context.Request.Query["resourceVersion"].ToString());
        var channel = Channel.CreateUnbounded<string>();
        _watches.Enqueue(channel);
        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var line in channel.Reader.ReadAllAsync(context.RequestAborted))
        {
            await context.Response.WriteAsync(line + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private async Task ExecAsync(WebSocket socket, IReadOnlyList<string> command)
    {
        var (code, output, error) = OnExec(command);
        await FakeChannels.SendAsync(socket, 1, Encoding.UTF8.GetBytes(output));
        await FakeChannels.SendAsync(socket, 2, Encoding.UTF8.GetBytes(error));
        var status = code == 0
            ? """{"metadata":{},"status":"Success"}"""
            : $$$"""{"metadata":{},"status":"Failure","message":"command terminated","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"{{{code}}}"}]}}""";
        await FakeChannels.SendAsync(socket, 3, Encoding.UTF8.GetBytes(status));
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private async Task ForwardAsync(WebSocket socket)
    {
        var end = Forwards.Token;
        var port = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(port, 5432);
        await FakeChannels.SendAsync(socket, 0, port);
        await FakeChannels.SendAsync(socket, 1, port);
        var buffer = new byte[64 * 1024];
        try
        {
            while (OnForward is { } answer)
            {
                var received = await FakeChannels.ReceiveAsync(socket, buffer, end);
                if (received == 0 || answer(buffer[1..received]) is not { Length: > 0 } data)
                {
                    break;
                }

                await FakeChannels.SendAsync(socket, 0, data);
            }

            if (OnForward is null)
            {
                await FakeChannels.SendAsync(socket, 1, "connection refused in the pod"u8.ToArray());
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using k8s;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Forwards;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>A member on a loopback address: alive while PostgreSQL answers in the pod, refusing when it does not, back on the same port.</summary>
public sealed class ForwardTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private FakeApiServer _api = null!;
    private k8s.Kubernetes _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _client = _api.Client();
        _api.OnForward = Postgres;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = ClusterClient.Create(new KubernetesClientConfiguration { Host = $"http://{silent.LocalEndpoint}" });

        var open = async () => await PodTunnel.OpenAsync(client, "db", "srelab-1", 5432, TestContext.Current.CancellationToken, TimeSpan.FromMilliseconds(200));

        await open.Should().ThrowAsync<IOException>().WithMessage("the API server opened no way to db/srelab-1 in time");
    }

    [Fact]
    public async Task What_a_client_sends_arrives_and_so_does_the_answer()
    {
        await using var forward = Forward();
        await forward.KnownAsync(Ct);

        (await SayAsync(forward.Port, "hello")).Should().Be("HELLO");
    }

    [Fact]
    public async Task More_than_a_frame_arrives_whole()
    {
        await using var forward = Forward();
        await forward.KnownAsync(Ct);
        using var client = new TcpClient();
        await client.ConnectAsync(Host, forward.Port, Ct);
        var sent = new string('x', 300_000);
        var stream = client.GetStream();
        var writing = stream.WriteAsync(Encoding.ASCII.GetBytes(sent), Ct).AsTask();
        var received = new byte[sent.Length];

        await stream.ReadExactlyAsync(received, Ct);
        await writing;

        Encoding.ASCII.GetString(received).Should().Be(sent.ToUpperInvariant());
    }

    [Fact]
    public async Task A_member_whose_PostgreSQL_died_refuses_and_is_back_on_the_same_port()
    {
        await using var forward = Forward();
        await forward.KnownAsync(Ct);
        var port = forward.Port;

        _api.OnForward = null;
        _api.EndForwards();

        (await IsRefusedWithinAsync(port, true)).Should().BeTrue();
        forward.Problem.Should().Be("connection refused in the pod");
        _api.OnForward = Postgres;
        (await IsRefusedWithinAsync(port, false)).Should().BeTrue();
        (await SayAsync(port, "again")).Should().Be("AGAIN");
    }

    [Fact]
    public async Task A_member_that_was_never_there_refuses()
    {
        _api.OnForward = null;
        await using var forward = Forward();

        await forward.KnownAsync(Ct);

        forward.IsAnswering.Should().BeFalse();
        (await IsRefusedWithinAsync(forward.Port, true)).Should().BeTrue();
    }

    [Fact]
    public async Task A_server_that_takes_connections_and_no_session_refuses()
    {
        _api.OnForward = _ => [];
        await using var forward = Forward();

        await forward.KnownAsync(Ct);

        forward.IsAnswering.Should().BeFalse("while it starts or stops, a connection that is held up would hold it up as well");
        (await IsRefusedWithinAsync(forward.Port, true)).Should().BeTrue();
        _api.OnForward = Postgres;
        (await IsRefusedWithinAsync(forward.Port, false)).Should().BeTrue();
    }

    [Fact]
    public async Task A_connection_that_broke_while_PostgreSQL_lives_refuses_nobody()
    {
        await using var forward = Forward();
        await forward.KnownAsync(Ct);

        for (var i = 0; i < 5; i++)
        {
            _api.EndForwards();
            (await SayAsync(forward.Port, "still")).Should().Be("STILL");

            // Two breaks within the moment in which it asks again are a dead server, as far as anybody can tell.
            await Task.Delay(TimeSpan.FromMilliseconds(300), Ct);
        }
    }

    [Fact]
    public async Task What_the_pod_refuses_is_told_in_its_own_words()
    {
        _api.OnForward = null;
        await using var tunnel = await PodTunnel.OpenAsync(_client, "db", "srelab-1", 5432, Ct);

        var read = () => tunnel.ReadAsync(new byte[10], Ct).AsTask();

        (await read.Should().ThrowAsync<IOException>()).WithMessage("connection refused in the pod");
    }

    [Fact]
    public async Task A_port_of_whichever_pod_runs_is_found_when_somebody_connects()
    {
        _api.Answers["GET /api/v1/namespaces/mon/pods"] = (200,
            """
            {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[
              {"metadata":{"name":"old"},"spec":{"containers":[]},"status":{"phase":"Failed"}},
              {"metadata":{"name":"prometheus-0"},"spec":{"containers":[]},"status":{"phase":"Running"}}]}
            """);
        await using var forward = new PodPortForward(IPAddress.Loopback, _client, "mon", "app=prometheus", 9090);

        (await SayAsync(forward.Port, "query", IPAddress.Loopback)).Should().Be("QUERY");
    }

    private static IPAddress Host { get; } = IPAddress.Parse("127.20.77.11");

    private MemberForward Forward() => MemberForward.ToPod(Host, _client, "db", "srelab-1", LoginAsync);

    // Answers in capitals.
    private static byte[] Postgres(byte[] data) => Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(data).ToUpperInvariant());

    private static async Task<IMemberSession> LoginAsync(int port, CancellationToken ct)
    {
        var session = new Session();
        try
        {
            await session.LoginAsync(port, ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> SayAsync(int port, string text, IPAddress? host = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host ?? Host, port, Ct);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Ct);
        var answer = new byte[text.Length];
        await client.GetStream().ReadExactlyAsync(answer, Ct);
        return Encoding.ASCII.GetString(answer);
    }

    // Logs in as far as that server knows how to.
    private sealed class Session : IMemberSession
    {
        private readonly TcpClient _client = new();

        public async Task LoginAsync(int port, CancellationToken ct)
        {
            await _client.ConnectAsync(Host, port, ct);
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

    private static async Task<bool> IsRefusedWithinAsync(int port, bool wanted)
    {
        var end = DateTimeOffset.UtcNow + Soon;
        while (DateTimeOffset.UtcNow < end)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(Host, port, Ct);
                if (!wanted)
                {
                    return true;
                }
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                // Reset: it stopped listening between the connection and its acceptance.
                if (wanted && e.SocketErrorCode == SocketError.ConnectionRefused)
                {
                    return true;
                }
            }

            await Task.Delay(20, Ct);
        }

        return false;
    }
}

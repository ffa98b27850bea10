using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using SreLab.Fixtures.Kubernetes.Forwards;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>A member on a loopback address: alive while PostgreSQL takes a session in the pod, refusing when it does not, back on the same port.</summary>
public sealed class MemberForwardTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private FakeApiServer _api = null!;
    private k8s.Kubernetes _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _client = _api.Client();
        _api.OnForward = FakePostgres.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task What_a_client_sends_arrives_and_so_does_the_answer()
    {
        await using var forward = Forward();
        await forward.KnownAsync(Ct);

        (await FakePostgres.SayAsync(Host, forward.Port, "hello", Ct)).Should().Be("HELLO");
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
        _api.OnForward = FakePostgres.Answer;
        (await IsRefusedWithinAsync(port, false)).Should().BeTrue();
        (await FakePostgres.SayAsync(Host, port, "again", Ct)).Should().Be("AGAIN");
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
        _api.OnForward = FakePostgres.Answer;
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
            (await FakePostgres.SayAsync(Host, forward.Port, "still", Ct)).Should().Be("STILL");

            // Two breaks within the moment in which it asks again are a dead server, as far as anybody can tell.
            await Task.Delay(TimeSpan.FromMilliseconds(300), Ct);
        }
    }

    private static IPAddress Host { get; } = IPAddress.Parse("127.20.77.11");

    private MemberForward Forward() => MemberForward.ToPod(Host, _client, "db", "srelab-1", (port, ct) => FakePostgres.LoginAsync(Host, port, ct));

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

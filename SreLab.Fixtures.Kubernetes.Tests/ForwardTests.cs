using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using k8s;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Forwards;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>A way to a port of a pod, through the API server.</summary>
public sealed class ForwardTests : IAsyncLifetime
{
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
    public async Task A_server_that_never_answers_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = ClusterClient.Create(new KubernetesClientConfiguration { Host = $"http://{silent.LocalEndpoint}" });

        var open = async () => await PodTunnel.OpenAsync(client, "db", "srelab-1", 5432, TestContext.Current.CancellationToken, TimeSpan.FromMilliseconds(200));

        await open.Should().ThrowAsync<IOException>().WithMessage("the API server opened no way to db/srelab-1 in time");
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

        (await FakePostgres.SayAsync(IPAddress.Loopback, forward.Port, "query", Ct)).Should().Be("QUERY");
    }
}

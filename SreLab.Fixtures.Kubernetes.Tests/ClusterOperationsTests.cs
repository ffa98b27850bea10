using FluentAssertions;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>Planned work is ordered as the operator's own command line does, and only on what it has.</summary>
public sealed class ClusterOperationsTests : IAsyncLifetime
{
    private const string Clusters = "/apis/postgresql.cnpg.io/v1/namespaces/db/clusters";
    private const string PodPath = "/api/v1/namespaces/db/pods/srelab-2";
    private static readonly Member One = new("srelab-1", "127.20.0.11", 5432);
    private static readonly Member Two = new("srelab-2", "127.20.0.12", 5432);

    private FakeApiServer _api = null!;
    private k8s.Kubernetes _client = null!;
    private ObjectWatch<DatabaseCluster> _clusters = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ClusterOperations Operations => new(_client, "db", _clusters);

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _client = _api.Client();
        _api.Answers[$"GET {Clusters}"] = (200, $$"""{"kind":"ClusterList","metadata":{"resourceVersion":"7"},"items":[{{Cluster("srelab-1")}}]}""");
        _api.Answers[$"GET {Clusters}/srelab"] = (200, Cluster("srelab-1"));
        _api.Answers[$"PATCH {Clusters}/srelab/status"] = (200, "{}");
        _clusters = new ObjectWatch<DatabaseCluster>(ObjectSources.Clusters(_client, "db"));
        await _clusters.ListedAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _clusters.DisposeAsync();
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_switchover_names_the_next_primary_in_the_clusters_status()
    {
        await Operations.SwitchOverAsync(One, Two, Ct);

        _api.Requests.Single(r => r.Method == "PATCH").Body.Should()
            .Contain("\"targetPrimary\":\"srelab-2\"").And.Contain("\"phase\":\"Switchover in progress\"").And.Contain("\"resourceVersion\":\"9\"").And.Contain("targetPrimaryTimestamp");
    }

    [Fact]
    public async Task One_that_does_not_start_from_the_primary_is_refused()
    {
        var order = () => Operations.SwitchOverAsync(Two, One, Ct);

        await order.Should().ThrowAsync<LabException>().WithMessage("switchover refused: the operator has srelab-1 for primary*");
        _api.Requests.Should().NotContain(r => r.Method == "PATCH");
    }

    [Fact]
    public async Task The_operators_own_change_of_primary_goes_first()
    {
        _api.Answers[$"GET {Clusters}/srelab"] = (200, Cluster("pending"));
        var order = () => Operations.SwitchOverAsync(One, Two, Ct);

        await order.Should().ThrowAsync<LabException>().WithMessage("*the operator is changing the primary by itself*");
        _api.Requests.Should().NotContain(r => r.Method == "PATCH");
    }

    [Fact]
    public async Task A_change_in_between_is_a_refusal_with_the_servers_words()
    {
        _api.Answers[$"PATCH {Clusters}/srelab/status"] = (409, """{"kind":"Status","message":"the object has been modified","code":409}""");
        var order = () => Operations.SwitchOverAsync(One, Two, Ct);

        await order.Should().ThrowAsync<LabException>().WithMessage("the role of srelab-1 could not be handed to srelab-2: 409 the object has been modified*");
    }

    [Fact]
    public async Task A_standby_is_restarted_by_its_pod_which_has_to_be_another_one_and_ready()
    {
        _api.Answers[$"GET {PodPath}"] = (200, Pod("u-1", true));
        _api.Answers[$"DELETE {PodPath}"] = (200, """{"kind":"Pod","metadata":{"name":"srelab-2"}}""");

        var restart = Operations.RestartAsync(Two, Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(600), Ct);
        restart.IsCompleted.Should().BeFalse("the old pod is still there");
        _api.Answers[$"GET {PodPath}"] = (200, Pod("u-2", false));
        await Task.Delay(TimeSpan.FromMilliseconds(600), Ct);
        restart.IsCompleted.Should().BeFalse("the new one is not ready");
        _api.Answers[$"GET {PodPath}"] = (200, Pod("u-2", true));
        await restart;

        _api.Requests.Single(r => r.Method == "DELETE").Body.Should().Contain("\"uid\":\"u-1\"").And.NotContain("gracePeriodSeconds");
    }

    [Fact]
    public async Task A_primary_is_restarted_in_place_until_its_server_has_another_start()
    {
        var start = "100";
        _api.OnExec = _ => (0, start + "\n", "");

        var restart = Operations.RestartAsync(One, Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(600), Ct);
        restart.IsCompleted.Should().BeFalse();
        start = "200";
        await restart;

        _api.Requests.Single(r => r.Method == "PATCH").Body.Should().Contain("Primary instance is being restarted in-place");
    }

    private static string Cluster(string target) => $$$"""
        {"kind":"Cluster","metadata":{"name":"srelab","resourceVersion":"9"},"spec":{"instances":2},"status":{"instanceNames":["srelab-1","srelab-2"],"currentPrimary":"srelab-1","targetPrimary":"{{{target}}}"}}
        """;

    private static string Pod(string uid, bool isReady) => $$$$"""
        {"kind":"Pod","metadata":{"name":"srelab-2","uid":"{{{{uid}}}}","labels":{"cnpg.io/cluster":"srelab"}},"spec":{"containers":[]},"status":{"containerStatuses":[{"name":"postgres","ready":{{{{(isReady ? "true" : "false")}}}} }]}}
        """;
}

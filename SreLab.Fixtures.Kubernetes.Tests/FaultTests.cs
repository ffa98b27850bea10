using FluentAssertions;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>What is broken, what is asked of the server for it, and what is refused.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const string PodPath = "/api/v1/namespaces/db/pods/srelab-1";
    private static readonly Member One = new("srelab-1", "127.20.0.11", 5432);

    private FakeApiServer _api = null!;
    private k8s.Kubernetes _client = null!;
    private ObjectWatch<DatabaseCluster> _clusters = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private KubernetesFaults Faults => new(_client, "db", _clusters, new PlatformFaults(_client, "db", null, _ => Task.FromResult<string?>("nobody enforces any")));

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _client = _api.Client();
        _clusters = new ObjectWatch<DatabaseCluster>(ObjectSources.Clusters(_client, "db"));
        _api.Answers[$"GET {PodPath}"] = (200,
            """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"srelab-1","uid":"u-1","labels":{"cnpg.io/cluster":"srelab"}},"spec":{"nodeName":"node-1","containers":[]}}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _clusters.DisposeAsync();
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_pod_is_deleted_without_grace_and_only_the_one_that_was_seen()
    {
        _api.Answers[$"DELETE {PodPath}"] = (200, """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"srelab-1"}}""");

        (await Faults.KillMemberAsync(One, Ct)).Should().Be("deleted pod db/srelab-1 on node-1 with grace 0");

        _api.Requests.Single(r => r.Method == "DELETE").Body.Should().Contain("\"gracePeriodSeconds\":0").And.Contain("\"uid\":\"u-1\"");
    }

    [Fact]
    public async Task A_pod_that_is_no_instance_is_left_alone()
    {
        _api.Answers[$"GET {PodPath}"] = (200, """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"srelab-1"},"spec":{"containers":[]}}""");
        var kill = () => Faults.KillMemberAsync(One, Ct);

        (await kill.Should().ThrowAsync<LabException>()).WithMessage("fault refused: db/srelab-1 is no instance*");
        _api.Requests.Should().NotContain(r => r.Method == "DELETE");
    }

    [Fact]
    public async Task What_the_server_refuses_is_told_with_its_words()
    {
        _api.Answers[$"DELETE {PodPath}"] = (403, """{"kind":"Status","apiVersion":"v1","message":"pods \"srelab-1\" is forbidden","code":403}""");
        var kill = () => Faults.KillMemberAsync(One, Ct);

        (await kill.Should().ThrowAsync<LabException>()).WithMessage("fault refused: db/srelab-1 could not be deleted: 403 pods \"srelab-1\" is forbidden.*ask the cluster's owner*");
    }

    [Fact]
    public async Task A_postmaster_is_killed_by_a_command_that_says_its_pid()
    {
        IReadOnlyList<string> command = [];
        _api.OnExec = c =>
        {
            command = c;
            return (0, "77\n", "");
        };

        (await Faults.KillPostmasterAsync(One, Ct)).Should().Be("SIGKILL to postgres pid 77 in db/srelab-1");
        command.Should().HaveCount(3).And.StartWith(["sh", "-c"]);
        command[2].Should().Contain("kill -9").And.Contain("postmaster.pid");
    }

    [Fact]
    public async Task A_postmaster_that_does_not_run_refuses_the_fault()
    {
        _api.OnExec = _ => (3, "", "head: cannot open postmaster.pid");
        var kill = () => Faults.KillPostmasterAsync(One, Ct);

        (await kill.Should().ThrowAsync<LabException>()).WithMessage("fault refused: srelab-1 has no running postmaster to kill (head: cannot open postmaster.pid).*");
    }

    [Fact]
    public void A_policy_that_leaves_an_instance_out_is_as_before_when_it_is_mended()
    {
        var policy = new V1NetworkPolicy
        {
            Metadata = new V1ObjectMeta { Name = "database", Annotations = new Dictionary<string, string> { ["mine"] = "1" } },
            Spec = new V1NetworkPolicySpec { PodSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["cnpg.io/cluster"] = "srelab" } } },
        };
        var before = KubernetesJson.Serialize(policy);

        NetworkCut.Restored(policy).Should().BeNull("nothing was cut");
        var cut = NetworkCut.Without(policy, "srelab-2");
        cut.Spec.PodSelector.MatchExpressions.Should().ContainSingle().Which.Values.Should().Equal("srelab-2");
        cut.Spec.PodSelector.MatchLabels.Should().ContainKey("cnpg.io/cluster");

        KubernetesJson.Serialize(NetworkCut.Restored(cut)).Should().Be(before);
    }

    [Fact]
    public async Task Nodes_of_somebody_else_are_neither_drained_nor_lost()
    {
        var lose = () => Faults.Platform!.LoseNodeAsync(One, Ct);
        var drain = () => Faults.Platform!.DrainNodeAsync(One, Ct);

        await lose.Should().ThrowAsync<LabException>().WithMessage("*its owner's*TARGET=k3s*");
        await drain.Should().ThrowAsync<LabException>();
        _api.Requests.Should().NotContain(r => r.Method == "PATCH");
    }

    [Fact]
    public void Settings_of_Patroni_are_refused_and_parameters_become_a_patch()
    {
        var refused = () => ClusterSettings.PatchOf(new Dictionary<string, string?> { ["ttl"] = "30" });

        refused.Should().Throw<LabException>().WithMessage("configuration refused: ttl is a setting of Patroni*");
        KubernetesJson.Serialize(ClusterSettings.PatchOf(new Dictionary<string, string?> { ["postgresql.parameters.work_mem"] = "8MB", ["postgresql.parameters.x"] = null }))
            .Should().Be("""{"spec":{"postgresql":{"parameters":{"work_mem":"8MB","x":null}}}}""");
    }
}

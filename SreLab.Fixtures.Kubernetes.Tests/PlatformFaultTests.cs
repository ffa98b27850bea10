using FluentAssertions;
using k8s.Models;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Kubernetes.Inspection;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>What is done to containers, nodes and sizes, and what is left alone.</summary>
public sealed class PlatformFaultTests : IAsyncLifetime
{
    private const string PodPath = "/api/v1/namespaces/db/pods/srelab-1";
    private const string ClustersPath = "/apis/postgresql.cnpg.io/v1/namespaces/db/clusters";
    private static readonly Member One = new("srelab-1", "127.20.0.11", 5432);
    private static readonly Member Two = new("srelab-2", "127.20.0.12", 5432);

    private FakeApiServer _api = null!;
    private k8s.Kubernetes _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _client = _api.Client();
        _api.Answers[$"GET {PodPath}"] = (200,
            """{"kind":"Pod","metadata":{"name":"srelab-1","uid":"u-1","labels":{"cnpg.io/cluster":"srelab"}},"spec":{"nodeName":"node-1","containers":[]},"status":{"podIP":"10.0.0.7"}}""");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_container_is_killed_where_the_pod_is_an_instance()
    {
        IReadOnlyList<string> command = [];
        _api.OnExec = c =>
        {
            command = c;
            return (0, "", "");
        };

        (await Faults().KillContainerAsync(One, Ct)).Should().Be("SIGQUIT to the first process of db/srelab-1 after 0 restarts");
        command.Should().Equal("sh", "-c", "kill -QUIT 1");

        _api.Answers[$"GET {PodPath}"] = (200, """{"kind":"Pod","metadata":{"name":"srelab-1"},"spec":{"containers":[]}}""");
        command = [];
        var kill = () => Faults().KillContainerAsync(One, Ct);
        await kill.Should().ThrowAsync<LabException>().WithMessage("*no instance of a CloudNativePG cluster*");
        command.Should().BeEmpty();
    }

    [Fact]
    public void The_life_of_a_container_is_read_from_its_pod()
    {
        var now = DateTimeOffset.UnixEpoch.AddHours(1);
        var ended = new V1ContainerStateTerminated { ExitCode = 2, FinishedAt = now.UtcDateTime.AddSeconds(-40) };

        ContainerFaults.LifeOf(null, now).Should().Be(new ContainerLife("", null, "no pod"));
        ContainerFaults.LifeOf(Pod(new V1ContainerState { Running = new() }, null), now).Should().Be(new ContainerLife("c", null, "runs after 1 restarts"));
        ContainerFaults.LifeOf(Pod(new V1ContainerState { Running = new() }, ended), now).Should().Be(new ContainerLife("c", TimeSpan.FromSeconds(40), "runs after 1 restarts"));
        ContainerFaults.LifeOf(Pod(new V1ContainerState { Terminated = ended }, null), now).Should().Be(new ContainerLife("", TimeSpan.FromSeconds(40), "ended with 2 after 1 restarts"));
        ContainerFaults.LifeOf(Pod(new V1ContainerState { Waiting = new() { Reason = "CrashLoopBackOff" } }, ended), now)
            .Should().Be(new ContainerLife("", TimeSpan.FromSeconds(40), "waits after 1 restarts: CrashLoopBackOff"));

        static V1Pod Pod(V1ContainerState state, V1ContainerStateTerminated? last) => new()
        {
            Status = new V1PodStatus
            {
                ContainerStatuses =
                [
                    new V1ContainerStatus { Name = DatabaseCluster.Container, RestartCount = 1, ContainerID = "c", State = state, LastState = last is null ? null : new V1ContainerState { Terminated = last } },
                ],
            },
        };
    }

    [Theory]
    [InlineData("passed\n", true)]
    [InlineData("stopped\n", false)]
    public async Task A_call_between_pods_is_told_by_its_outcome(string output, bool expected)
    {
        _api.OnExec = _ => (0, output, "");

        (await Faults().PassesAsync(Two, One, Ct)).Should().Be(expected);
    }

    [Fact]
    public async Task A_call_that_could_not_be_made_is_neither()
    {
        _api.OnExec = _ => (127, "", "bash: not found");
        var call = () => Faults().PassesAsync(Two, One, Ct);

        await call.Should().ThrowAsync<LabException>().WithMessage("nobody knows whether srelab-2 reaches srelab-1: bash: not found*");
    }

    [Fact]
    public async Task A_node_of_the_lab_is_marked_when_it_is_closed_and_its_instances_are_asked_to_go()
    {
        _api.Answers["GET /api/v1/nodes/node-1"] = (200, """{"kind":"Node","metadata":{"name":"node-1"},"spec":{}}""");
        _api.Answers["PATCH /api/v1/nodes/node-1"] = (200, """{"kind":"Node","metadata":{"name":"node-1"}}""");
        _api.Answers["GET /api/v1/namespaces/db/pods"] = (200, """{"kind":"PodList","metadata":{},"items":[{"metadata":{"name":"srelab-1"}}]}""");
        _api.Answers[$"POST {PodPath}/eviction"] = (201, "{}");

        (await Faults(new NoMachines()).DrainNodeAsync(One, Ct)).Should().Be("node node-1 drained: srelab-1 asked to go");

        _api.Requests.Single(r => r.Method == "PATCH").Body.Should().Contain($"\"{NodeFaults.Drained}\":\"db\"").And.Contain("\"unschedulable\":true");
    }

    [Fact]
    public async Task A_node_that_somebody_closed_is_left_as_it_is()
    {
        _api.Answers["GET /api/v1/nodes/node-1"] = (200, """{"kind":"Node","metadata":{"name":"node-1"},"spec":{"unschedulable":true}}""");
        var drain = () => Faults(new NoMachines()).DrainNodeAsync(One, Ct);

        await drain.Should().ThrowAsync<LabException>().WithMessage("fault refused: node node-1 is closed already*kubectl uncordon node-1");
        _api.Requests.Should().NotContain(r => r.Method == "PATCH");
    }

    [Fact]
    public async Task A_node_with_the_control_plane_is_not_lost()
    {
        _api.Answers["GET /api/v1/nodes/node-1"] = (200, """{"kind":"Node","metadata":{"name":"node-1","labels":{"node-role.kubernetes.io/control-plane":"true"}},"spec":{}}""");
        var lose = () => Faults(new NoMachines()).LoseNodeAsync(One, Ct);

        await lose.Should().ThrowAsync<LabException>().WithMessage("fault refused: the control plane is on node node-1*");
        (await Faults(new NoMachines()).IsBesideControlPlaneAsync(One, Ct)).Should().BeTrue();
    }

    [Fact]
    public async Task Memory_is_changed_once_and_what_it_was_is_kept()
    {
        _api.Answers[$"GET {ClustersPath}"] = (200, Cluster("", "768Mi"));
        _api.Answers[$"PATCH {ClustersPath}/srelab"] = (200, "{}");

        (await Faults().ResizeAsync(Ct)).Should().Be("memory of every instance of db/srelab from 768Mi to 720Mi");
        _api.Requests.Single(r => r.Method == "PATCH").Body.Should().Contain($"\"{MemorySize.Kept}\":\"768Mi\"").And.Contain("\"memory\":\"720Mi\"");

        _api.Answers[$"GET {ClustersPath}"] = (200, Cluster($$""" "annotations":{"{{MemorySize.Kept}}":"768Mi"},""", "720Mi"));
        var again = () => Faults().ResizeAsync(Ct);
        await again.Should().ThrowAsync<LabException>().WithMessage("fault refused: srelab was resized already, from 768Mi*make up");
    }

    [Fact]
    public async Task What_was_measured_says_whether_a_cut_is_possible()
    {
        (await Faults().WhyNotAsync(Capability.NetworkPolicies, Ct)).Should().Be("nobody enforces any");
        (await Faults().WhyNotAsync(Capability.OwnNodes, Ct)).Should().Contain("its owner's");
        (await Faults(new NoMachines()).WhyNotAsync(Capability.OwnNodes, Ct)).Should().BeNull();
        (await Faults().WhyNotAsync(Capability.Containers, Ct)).Should().BeNull();
    }

    [Fact]
    public void Policies_are_enforced_where_the_stranger_alone_is_kept_out()
    {
        var client = new CallRecord("a client", "srelab-rw:5432", true, [CallRecord.Connected]);
        var stranger = new CallRecord("a stranger", "srelab-rw:5432", false, ["timed out", CallRecord.Connected]);

        PolicyTrial.WhyNotEnforced([client, stranger with { Attempts = ["timed out"] }]).Should().BeNull();
        PolicyTrial.WhyNotEnforced([client, stranger]).Should().Be("the cluster's network enforces no policies: a stranger reached srelab-rw:5432");
        var neither = () => PolicyTrial.WhyNotEnforced([client with { Attempts = ["timed out"] }, stranger with { Attempts = ["timed out"] }]);
        neither.Should().Throw<LabException>().WithMessage("nobody knows whether the network enforces policies*");
    }

    private static string Cluster(string annotations, string memory) => $$$$"""
        {"kind":"ClusterList","metadata":{},"items":[{"metadata":{ {{{{annotations}}}} "name":"srelab"},"spec":{"resources":{"requests":{"memory":"{{{{memory}}}}"}}},"status":{}}]}
        """;

    private PlatformFaults Faults(INodeControl? nodes = null) => new(_client, "db", nodes, _ => Task.FromResult<string?>("nobody enforces any"));

    private sealed class NoMachines : INodeControl
    {
        public Task<string> StopAsync(string node, CancellationToken ct) => throw new NotSupportedException();

        public Task StartAsync(string node, CancellationToken ct) => throw new NotSupportedException();
    }
}

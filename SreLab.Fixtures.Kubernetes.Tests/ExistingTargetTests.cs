using FluentAssertions;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Targets;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>What an existing cluster is asked before anything of it is touched, and what is refused.</summary>
public sealed class ExistingTargetTests : IAsyncLifetime
{
    private const string Namespaces = "GET /api/v1/namespaces";

    private readonly string _root = Directory.CreateTempSubdirectory("srelab-existing-").FullName;
    private FakeApiServer _api = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        using var client = _api.Client();
        await File.WriteAllTextAsync(
            Path.Combine(_root, "config"),
            $$"""
            apiVersion: v1
            kind: Config
            clusters: [{ name: here, cluster: { server: "{{client.BaseUri}}" } }]
            contexts: [{ name: lab, context: { cluster: here, user: me } }]
            users: [{ name: me, user: { token: secret } }]
            """,
            Ct);
        _api.Answers[Namespaces] = (200, List());
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_namespace_that_the_lab_did_not_make_is_refused_and_nothing_is_touched()
    {
        _api.Answers[Namespaces] = (200, List(("srelab-database", "other"), ("default", "")));
        var up = () => Target().UpAsync(new SilentProgress(), Ct);

        (await up.Should().ThrowAsync<LabException>()).Which.Message.Should()
            .StartWith("namespace srelab-database refused: not made by a lab with prefix srelab; nothing was touched.").And.Contain("label srelab.io/lab=srelab").And.Contain(SettingNames.Adopt);
        _api.Requests.Should().OnlyContain(r => r.Method == "GET");
        Directory.Exists(Path.Combine(_root, "home")).Should().BeFalse();
    }

    [Fact]
    public async Task Without_namespaces_no_lab_is_up_and_there_is_nothing_to_end()
    {
        (await Target().AttachAsync(Ct)).Should().BeNull();
        (await Target().DownAsync(new SilentProgress(), Ct)).WasUp.Should().BeFalse();
        _api.Requests.Should().OnlyContain(r => r.Method == "GET");
    }

    [Fact]
    public async Task A_lab_whose_state_is_elsewhere_is_not_destroyed_from_here()
    {
        _api.Answers[Namespaces] = (200, List(("srelab-database", "srelab")));
        var down = () => Target().DownAsync(new SilentProgress(), Ct);

        (await down.Should().ThrowAsync<LabException>()).WithMessage("down refused: the lab srelab was applied elsewhere*terraform destroy where it was applied");
        _api.Requests.Should().OnlyContain(r => r.Method == "GET");
    }

    [Fact]
    public async Task A_user_who_may_not_look_is_told_so()
    {
        _api.Answers[Namespaces] = (403, """{"kind":"Status","apiVersion":"v1","message":"namespaces is forbidden","code":403}""");
        var up = () => Target().UpAsync(new SilentProgress(), Ct);

        (await up.Should().ThrowAsync<LabException>()).WithMessage("the cluster's namespaces could not be listed; nothing was touched: 403 namespaces is forbidden.*");
    }

    [Fact]
    public async Task A_cluster_with_too_few_nodes_is_told_before_it_is_used()
    {
        _api.Answers["GET /version/"] = _api.Answers["GET /version"] = (200, """{"major":"1","minor":"29","gitVersion":"v1.29.1","gitCommit":"","gitTreeState":"","buildDate":"","goVersion":"","compiler":"","platform":""}""");
        _api.Answers["GET /api/v1/nodes"] = (200, """{"kind":"NodeList","apiVersion":"v1","items":[{"metadata":{"name":"a"},"status":{"conditions":[{"type":"Ready","status":"True"}]}}]}""");

        var found = await Target().CheckAsync(Ct);

        found.Single(r => r.Name == "Kubernetes").Found.Should().Be("v1.29.1");
        found.Single(r => r.Name == "nodes").Should().Match<SreLab.Fixtures.Targets.Requirement>(r => !r.IsMet && r.Found.StartsWith("1 ready"));
        found.Single(r => r.Name == "namespaces").Found.Should().Be("srelab-* are free");
    }

    [Theory]
    [InlineData(3, "srelab-1", true)]
    [InlineData(2, "srelab-1", false)]
    [InlineData(3, null, false)]
    public void A_database_is_there_when_every_instance_is_ready_and_one_is_primary(int ready, string? primary, bool isThere)
    {
        var cluster = new DatabaseCluster
        {
            Metadata = new V1ObjectMeta { Name = "srelab" },
            Spec = new DatabaseClusterSpec { Instances = 3 },
            Status = new DatabaseClusterStatus { ReadyInstances = ready, CurrentPrimary = primary, InstanceNames = ["srelab-1", "srelab-2", "srelab-3"], Phase = "Setting up" },
        };

        (LabOpener.Ready([cluster]).Value is not null).Should().Be(isThere);
        LabOpener.Ready([]).Seen.Should().Be("no cluster of CloudNativePG");
        LabOpener.Ready([cluster, cluster]).Value.Should().BeNull();
    }

    [Fact]
    public void A_service_is_entered_through_its_address_or_the_port_of_a_ready_node()
    {
        var service = new V1Service { Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Port = 5432 }] } };
        Entrance.Balanced(service, "rw").Seen.Should().StartWith("no address");
        Entrance.Balanced(null, "rw").Seen.Should().Be("no service rw");
        service.Status = new V1ServiceStatus { LoadBalancer = new V1LoadBalancerStatus { Ingress = [new V1LoadBalancerIngress { Hostname = "lb.example" }] } };
        Entrance.Balanced(service, "rw").Value!.ToString().Should().Be("lb.example:5432");

        Entrance.OnNode([Node("10.0.0.1", "False"), Node("10.0.0.2", "True")], 30_000)!.ToString().Should().Be("10.0.0.2:30000");
        Entrance.OnNode([Node("10.0.0.1", "Unknown")], 30_000).Should().BeNull();
    }

    [Fact]
    public void Balanced_addresses_are_of_the_network_that_Docker_made() =>
        LabSubnet.Of("172.30.0.0/16").Should().Be(new LabSubnet("172.30.0.0/16", "172.30.0.200-172.30.0.220"));

    private static V1Node Node(string address, string ready) => new()
    {
        Status = new V1NodeStatus
        {
            Addresses = [new V1NodeAddress { Type = "InternalIP", Address = address }],
            Conditions = [new V1NodeCondition { Type = "Ready", Status = ready }],
        },
    };

    private ExistingTarget Target() => new(new LabSettings
    {
        Target = KubernetesTargets.Existing,
        Home = Path.Combine(_root, "home"),
        Kubernetes = new KubernetesSettings { Kubeconfig = Path.Combine(_root, "config"), Context = "lab" },
    });

    private static string List(params (string Name, string Lab)[] namespaces) =>
        $$"""
        {"kind":"NamespaceList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[{{string.Join(',', namespaces.Select(n =>
            $$$"""{ "metadata": { "name": "{{{n.Name}}}", "uid": "0-0", "labels": { "srelab.io/lab": "{{{n.Lab}}}" } } }"""))}} ] }
        """;
}

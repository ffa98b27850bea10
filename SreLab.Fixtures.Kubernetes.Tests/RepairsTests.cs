using FluentAssertions;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Kubernetes.Targets;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>What a bring-up puts back of a run that was killed.</summary>
public sealed class RepairsTests : IAsyncLifetime
{
    private const string Policies = "/apis/networking.k8s.io/v1/namespaces/srelab-database/networkpolicies";

    private const string Clusters = "/apis/postgresql.cnpg.io/v1/namespaces/srelab-database/clusters";

    private const string Cut =
        $$$$"""
        {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicyList","metadata":{},"items":[
          {"metadata":{"name":"database","annotations":{"{{{{NetworkCut.KeptSelector}}}}":"{\"matchLabels\":{\"a\":\"b\"}}"}},"spec":{"podSelector":{}}},
          {"metadata":{"name":"srelab-cut-srelab-1","labels":{"app.kubernetes.io/part-of":"srelab-suite"}},"spec":{"podSelector":{}}},
          {"metadata":{"name":"srelab-cut-of-somebody"},"spec":{"podSelector":{}}},
          {"metadata":{"name":"other"},"spec":{"podSelector":{}}}]}
        """;

    private readonly LabSpaces _spaces = new("srelab");
    private FakeApiServer _api = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _api.Answers["GET " + Clusters] = (200, """{"apiVersion":"postgresql.cnpg.io/v1","kind":"ClusterList","metadata":{},"items":[]}""");
        _api.Answers["GET " + Policies] = (200, Cut);
        _api.Answers[$"PUT {Policies}/database"] = (200, "{}");
        _api.Answers[$"DELETE {Policies}/srelab-cut-srelab-1"] = (200, "{}");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_cut_is_mended_and_nothing_else_is_touched()
    {
        using var client = _api.Client();

        var repairs = await Repairs.RunAsync(client, _spaces, [Space(_spaces.Database)], false, new SilentProgress(), Ct);

        repairs.Should().ContainSingle().Which.Should().Contain("2 network policies were put back");
        _api.Requests.Where(r => r.Method != "GET").Select(r => $"{r.Method} {r.Path}")
            .Should().Equal($"PUT {Policies}/database", $"DELETE {Policies}/srelab-cut-srelab-1");
        _api.Requests.Single(r => r.Method == "PUT").Body.Should().Contain("\"a\":\"b\"").And.NotContain(NetworkCut.KeptSelector);
    }

    [Fact]
    public async Task A_node_and_a_size_are_put_back_where_they_carry_the_mark()
    {
        using var client = _api.Client();
        _api.Answers["GET " + Policies] = (200, """{"kind":"NetworkPolicyList","metadata":{},"items":[]}""");
        _api.Answers["GET /api/v1/nodes"] = (200, $$$"""
            {"kind":"NodeList","metadata":{},"items":[
              {"metadata":{"name":"n1","annotations":{"{{{NodeFaults.Drained}}}":"srelab-database"}},"spec":{"unschedulable":true}},
              {"metadata":{"name":"n2","annotations":{"{{{NodeFaults.Drained}}}":"somebody-database"}},"spec":{"unschedulable":true}},
              {"metadata":{"name":"n3"},"spec":{"unschedulable":true}}]}
            """);
        _api.Answers["PATCH /api/v1/nodes/n1"] = (200, """{"kind":"Node","metadata":{"name":"n1"}}""");
        _api.Answers["GET " + Clusters] = (200, $$$"""
            {"kind":"ClusterList","metadata":{},"items":[{"metadata":{"name":"srelab","annotations":{"{{{MemorySize.Kept}}}":"760Mi"}},"spec":{},"status":{}}]}
            """);
        _api.Answers[$"PATCH {Clusters}/srelab"] = (200, "{}");

        var repairs = await Repairs.RunAsync(client, _spaces, [Space(_spaces.Database)], true, new SilentProgress(), Ct);

        repairs.Should().Equal(
            "n1 was drained by a run that is gone: pods are let onto it again",
            "srelab was resized by a run that is gone: its instances ask for 760Mi again");
        var changed = _api.Requests.Where(r => r.Method != "GET").ToList();
        changed.Select(r => $"{r.Method} {r.Path}").Should().Equal("PATCH /api/v1/nodes/n1", $"PATCH {Clusters}/srelab");
        changed[0].Body.Should().Contain($"\"{NodeFaults.Drained}\":null").And.Contain("\"unschedulable\":false");
        changed[1].Body.Should().Contain($"\"{MemorySize.Kept}\":null").And.Contain("\"memory\":\"760Mi\"");
    }

    [Fact]
    public async Task Where_no_lab_is_nothing_is_asked()
    {
        using var client = _api.Client();

        (await Repairs.RunAsync(client, _spaces, [Space("default")], true, new SilentProgress(), Ct)).Should().BeEmpty();

        _api.Requests.Should().BeEmpty();
    }

    private static V1Namespace Space(string name) => new() { Metadata = new V1ObjectMeta { Name = name } };
}

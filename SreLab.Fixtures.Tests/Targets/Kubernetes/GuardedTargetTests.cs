using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Tests.Targets.Kubernetes;

/// <summary>What a user is told, and in which order: the cluster first, then the package.</summary>
public sealed class GuardedTargetTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("srelab-guard-").FullName;
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public GuardedTargetTests() => _server.Start();

    private string Kubeconfig => Path.Combine(_root, "config");

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Without_a_kubeconfig_that_is_the_error()
    {
        var error = await ErrorOfUpAsync();

        error.Should().StartWith("preflight failed: 1 problem; nothing was touched.").And.Contain("kubeconfig").And.Contain($"{Kubeconfig} does not exist")
            .And.Contain(SettingNames.Kubeconfig).And.NotContain("package");
    }

    [Fact]
    public async Task A_kubeconfig_that_is_none_is_told()
    {
        await File.WriteAllTextAsync(Kubeconfig, "- just\n- a list\n", TestContext.Current.CancellationToken);

        (await ErrorOfUpAsync()).Should().Contain($"{Kubeconfig} is no kubeconfig");
    }

    [Fact]
    public async Task A_context_that_does_not_exist_is_told_with_those_that_do()
    {
        Write(((IPEndPoint)_server.LocalEndpoint).Port);

        (await ErrorOfUpAsync("other")).Should().Contain($"{Kubeconfig} has no context 'other'").And.Contain($"{SettingNames.Context}: lab");
    }

    [Fact]
    public async Task Before_a_stage_only_the_way_to_the_cluster_is_asked_for()
    {
        Write(((IPEndPoint)_server.LocalEndpoint).Port);

        (await Target().CheckAccessAsync(TestContext.Current.CancellationToken)).Select(r => r.Name).Should().Equal("kubeconfig", "cluster", "Kubernetes client");
        (await Target("other").CheckAccessAsync(TestContext.Current.CancellationToken)).Should().Contain(r => r.Name == "context" && !r.IsMet);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_told_with_its_address()
    {
        var port = ((IPEndPoint)_server.LocalEndpoint).Port;
        _server.Stop();
        Write(port);

        (await ErrorOfUpAsync()).Should().Contain($"127.0.0.1:{port} of context lab cannot be reached: ").And.NotContain("package");
    }

    [Fact]
    public async Task With_a_cluster_the_package_that_could_not_be_had_is_the_error()
    {
        Write(((IPEndPoint)_server.LocalEndpoint).Port);
        Directory.CreateDirectory(Path.GetDirectoryName(KubernetesAssembly.MissingFile(_root))!);
        await File.WriteAllTextAsync(KubernetesAssembly.MissingFile(_root), "KubernetesClient 19.0.2\n", TestContext.Current.CancellationToken);

        (await ErrorOfUpAsync()).Should().StartWith("the Kubernetes targets cannot be used: package not found: KubernetesClient 19.0.2; nothing was touched.")
            .And.Contain(KubernetesAssembly.BuildCommand);
    }

    [Fact]
    public async Task With_a_cluster_an_assembly_that_was_not_built_is_the_error()
    {
        Write(((IPEndPoint)_server.LocalEndpoint).Port);

        (await ErrorOfUpAsync()).Should().Contain("SreLab.Fixtures.Kubernetes is not built").And.EndWith(KubernetesAssembly.BuildCommand);
    }

    [Fact]
    public async Task Nothing_is_up_where_nothing_can_be_reached() =>
        (await Target().AttachAsync(TestContext.Current.CancellationToken)).Should().BeNull();

    [Fact]
    public async Task A_teardown_without_a_cluster_is_refused()
    {
        var down = () => Target().DownAsync(new SilentProgress(), TestContext.Current.CancellationToken);

        (await down.Should().ThrowAsync<LabException>()).Which.Message.Should().Contain("nothing was touched");
    }

    [Fact]
    public async Task What_the_target_lacks_is_known_without_a_cluster_and_without_packages()
    {
        var requirements = await Target().CheckAsync(TestContext.Current.CancellationToken);

        Target().Lacks.Should().ContainKey(Capability.PostmasterFailover).And.NotContainKey(Capability.KillMember).And.NotContainKey(Capability.KillPostmaster);
        requirements.Select(r => r.Name).Should().StartWith("kubeconfig").And.Contain("Kubernetes client").And.Contain("terraform");
    }

    [Fact]
    public void Without_Docker_K3s_says_what_to_do() =>
        KubernetesPreflight.Docker(new DockerAnswer(false, "unix:///var/run/docker.sock", "Connection refused")).Should().BeEquivalentTo(new
        {
            IsMet = false,
            Found = "no answer on unix:///var/run/docker.sock: Connection refused",
            Fix = "start Docker, or name its address in DOCKER_HOST; without Docker: make lab TARGET=local",
        });

    private ITarget Target(string context = "lab") => KubernetesTargets.Make(new LabSettings
    {
        Target = KubernetesTargets.Existing,
        RepositoryRoot = _root,
        Kubernetes = new KubernetesSettings { Kubeconfig = Kubeconfig, Context = context },
    });

    private async Task<string> ErrorOfUpAsync(string context = "lab")
    {
        var up = () => Target(context).UpAsync(new SilentProgress(), TestContext.Current.CancellationToken);
        return (await up.Should().ThrowAsync<LabException>()).Which.Message;
    }

    private void Write(int port) => File.WriteAllText(
        Kubeconfig,
        $$"""
        apiVersion: v1
        kind: Config
        clusters: [{ name: here, cluster: { server: "https://127.0.0.1:{{port}}" } }]
        contexts: [{ name: lab, context: { cluster: here, user: me } }, { name: broken, context: { cluster: gone } }]
        users: [{ name: me, user: {} }]
        """);
}

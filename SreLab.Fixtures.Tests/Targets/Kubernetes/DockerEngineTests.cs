using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Kubernetes;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Kubernetes;

/// <summary>What answers as a Docker engine, what does not, and what follows for a run without a target.</summary>
public sealed class DockerEngineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-docker-").FullName;

    private string Socket => Path.Combine(_folder, "docker.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_socket_that_is_not_there_is_no_engine() =>
        DockerEngine.Ask($"unix://{Socket}").Answers.Should().BeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("docker")]
    [InlineData("ssh://host")]
    public void An_address_that_is_none_is_no_engine(string address) => DockerEngine.Ask(address).Answers.Should().BeFalse();

    [Theory]
    [InlineData("Api-Version: 1.45\r\n", true)]
    [InlineData("Server: something\r\n", false)]
    public async Task Only_what_tells_its_API_on_the_socket_is_an_engine(string header, bool isEngine)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Socket));
        listener.Listen();
        var serving = Task.Run(
            async () =>
            {
                using var client = await listener.AcceptAsync();
                await client.ReceiveAsync(new byte[1024]);
                await client.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{header}Content-Length: 2\r\n\r\nOK"));
            },
            TestContext.Current.CancellationToken);

        var answer = await Task.Run(() => DockerEngine.Ask($"unix://{Socket}"), TestContext.Current.CancellationToken);
        await serving;

        answer.Answers.Should().Be(isEngine);
    }

    [Fact]
    public void A_run_without_a_target_uses_K3s_where_an_engine_answers_and_says_so()
    {
        var (target, why) = TargetChoice.Choose(new LabSettings(), new DockerAnswer(true, "unix:///run/docker.sock", "API 1.45"));

        target.Name.Should().Be(KubernetesTargets.K3s);
        why.Should().Be("TARGET is not set, and a Docker engine answers on unix:///run/docker.sock");
    }

    [Fact]
    public void A_run_without_a_target_is_local_where_none_does_and_says_so()
    {
        var (target, why) = TargetChoice.Choose(new LabSettings(), new DockerAnswer(false, "unix:///run/docker.sock", "no such file"));

        target.Should().BeOfType<LocalTarget>();
        why.Should().Be("TARGET is not set, and no Docker engine answers on unix:///run/docker.sock");
    }
}

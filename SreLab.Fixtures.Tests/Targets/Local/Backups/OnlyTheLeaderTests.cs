using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using FluentAssertions;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Tests.Targets.Local.Backups;

/// <summary>What stands before archiving, as it is, before a cluster manager that answers as it is told.</summary>
[SupportedOSPlatform("linux")]
public sealed class OnlyTheLeaderTests : IDisposable
{
    private const string Host = "127.77.3.1";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("srelab-leader-");
    private readonly TcpListener _manager = new(IPAddress.Parse(Host), LabNetwork.Patroni);

    public void Dispose()
    {
        _manager.Dispose();
        _data.Delete(recursive: true);
    }

    [Theory]
    [InlineData("200 OK", 0)]
    [InlineData("503 Service Unavailable", 1)]
    public async Task Only_the_leader_goes_on(string answer, int expected)
    {
        _manager.Start();
        var answered = Task.Run(async () =>
        {
            using var client = await _manager.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            using var request = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
            (await request.ReadLineAsync(TestContext.Current.CancellationToken)).Should().Be("GET /leader HTTP/1.0");
            await request.ReadLineAsync(TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.0 {answer}\r\n\r\n"), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        (await RunAsync()).ExitCode.Should().Be(expected);
        await answered;
    }

    [Fact]
    public async Task A_silent_manager_is_an_error_and_not_a_signal()
    {
        // Taken by the kernel, answered by nobody: a stopped Patroni.
        _manager.Start();

        var result = await RunAsync();

        result.ExitCode.Should().Be(1, "beyond 128 PostgreSQL's archiver dies of it");
        result.Error.Should().Contain("does not hold the leader's lease (no answer)");
    }

    [Fact]
    public async Task A_server_that_is_being_stopped_waits_no_longer_than_a_second_for_an_answer()
    {
        _manager.Start();
        await File.WriteAllTextAsync(Path.Combine(_data.FullName, "postmaster.pid"), "1\n/data\n2\n5432\n/tmp\n127.0.0.1\n  3 4\nstopping\n", TestContext.Current.CancellationToken);

        var result = await RunAsync();

        result.ExitCode.Should().Be(1);
        result.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task No_manager_is_an_error() => (await RunAsync()).ExitCode.Should().Be(1);

    private Task<SreLab.Fixtures.Targets.ProgramResult> RunAsync() => ChildProcess.RunAsync(
        "bash",
        ["-c", $"set -euo pipefail\n{BackupScripts.OnlyTheLeader(new Dictionary<string, string> { [_data.FullName] = Host })}"],
        null,
        _data.FullName,
        null,
        TestContext.Current.CancellationToken);
}

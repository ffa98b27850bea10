using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Tests.Backups;

/// <summary>The guard of the archive command, run for real against a cluster manager that answers as told.</summary>
public sealed class ArchiveScriptTests
{
    private const string Manager = "127.30.99.1";

    [Theory]
    [InlineData("HTTP/1.0 200 OK", 0)]
    [InlineData("HTTP/1.0 503 Service Unavailable", 1)]
    [InlineData(null, 1)]
    public async Task Only_the_leader_archives(string? answer, int exitCode)
    {
        using var stop = new CancellationTokenSource();
        var manager = answer is null ? Task.CompletedTask : AnswerAsync(answer, stop.Token);
        var (code, error) = await RunAsync("/", new Dictionary<string, string> { ["/"] = Manager });
        await stop.CancelAsync();
        await manager;

        code.Should().Be(exitCode, error);
    }

    [Fact]
    public async Task A_folder_that_is_no_member_s_archives_nothing()
    {
        var (code, error) = await RunAsync("/tmp", new Dictionary<string, string> { ["/"] = Manager });

        code.Should().Be(1);
        error.Should().Contain("not archived: /tmp is no member of this lab");
    }

    private static async Task AnswerAsync(string status, CancellationToken ct)
    {
        using var listener = new TcpListener(IPAddress.Parse(Manager), 8008);
        listener.Start();
        try
        {
            using var client = await listener.AcceptTcpClientAsync(ct);
            var stream = client.GetStream();
            await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, ct);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(status + "\r\n\r\n{}"), ct);
        }
        catch (OperationCanceledException)
        {
            // Nobody asked.
        }
    }

    private static async Task<(int Code, string Error)> RunAsync(string folder, Dictionary<string, string> hosts)
    {
        var script = "set -euo pipefail\n" + BackupScripts.OnlyTheLeader(hosts) + "exit 0\n";
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}

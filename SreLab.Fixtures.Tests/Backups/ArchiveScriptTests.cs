using System.Diagnostics;
using FluentAssertions;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Tests.Backups;

/// <summary>The guards of the archive commands, run for real, on folders.</summary>
public sealed class ArchiveScriptTests
{
    private const string Manager = "127.30.99.1";

    [Fact]
    public async Task A_folder_that_is_no_member_s_archives_nothing()
    {
        var (code, error) = await RunAsync("/tmp", new Dictionary<string, string> { ["/"] = Manager });

        code.Should().Be(1);
        error.Should().Contain("not archived: /tmp is no member of this lab");
    }

    [Theory]
    [InlineData("000000010000000000000007", true)]
    [InlineData("000000010000000000000008", false)]
    [InlineData("00000002.history", true)]
    [InlineData("00000003.history", false)]
    public async Task Only_what_the_archive_has_is_asked_for(string name, bool isThere)
    {
        (await AskForAsync(name, "repo1-path=/x\n")).Should().Be(isThere ? 0 : 1);
        (await AskForAsync(name, "repo1-path=/x\nrepo2-path=/y\n")).Should().Be(0, "a second repository may have it");
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_left_to_pgBackRest_to_tell()
    {
        var (code, _) = await RunAsync("/", BackupScripts.OnlyWhatIsThere("/no/such/archive", "/dev/null"), "000000010000000000000007");

        code.Should().Be(0);
    }

    private static async Task<int> AskForAsync(string name, string configuration)
    {
        var folder = Directory.CreateTempSubdirectory("srelab-archive-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "15-1", "0000000100000000"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "15-1", "0000000100000000", "000000010000000000000007-ab.lz4"), "");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "15-1", "00000002.history"), "");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "conf"), configuration);
            return (await RunAsync("/", BackupScripts.OnlyWhatIsThere(folder.FullName, Path.Combine(folder.FullName, "conf")), name)).Code;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<(int Code, string Error)> RunAsync(string folder, Dictionary<string, string> hosts) => RunAsync(folder, BackupScripts.OnlyTheLeader(hosts));

    private static async Task<(int Code, string Error)> RunAsync(string folder, string guard, string argument = "")
    {
        var script = "set -euo pipefail\n" + guard + "exit 0\n";
        var start = ChosenEnvironment.Start("bash", ["-c", script, "bash", argument]);
        (start.WorkingDirectory, start.RedirectStandardError) = (folder, true);
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}

using System.Runtime.Versioning;
using FluentAssertions;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Tests.Targets.Local.Backups;

/// <summary>The command as it is, with a stand-in for pgBackRest that ends as it is told.</summary>
[SupportedOSPlatform("linux")]
public sealed class TakeBackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("srelab-take-");

    private string Metrics => Path.Combine(_folder.FullName, "backup.prom");

    private string Noted => File.Exists(Metrics) ? File.ReadAllText(Metrics) : "";

    [Fact]
    public async Task A_good_backup_is_noted_with_its_time()
    {
        (await TakeAsync(0)).Should().Be(0);

        LocalSources.ParseFailed(Noted).Should().BeFalse();
        LocalSources.ParseBackup(Noted).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        File.Exists(Path.Combine(_folder.FullName, "last-full")).Should().BeTrue();
    }

    [Fact]
    public async Task A_failed_backup_is_noted_and_the_time_of_the_last_good_one_stays()
    {
        await TakeAsync(0);
        var good = LocalSources.ParseBackup(Noted);

        (await TakeAsync(47)).Should().Be(47);

        LocalSources.ParseFailed(Noted).Should().BeTrue();
        LocalSources.ParseBackup(Noted).Should().Be(good);
    }

    [Fact]
    public async Task Without_a_good_backup_there_is_no_time()
    {
        await TakeAsync(47);

        LocalSources.ParseFailed(Noted).Should().BeTrue();
        LocalSources.ParseBackup(Noted).Should().BeNull();
    }

    [Fact]
    public async Task One_that_finds_another_still_going_notes_nothing()
    {
        await TakeAsync(0);
        var before = Noted;

        (await TakeAsync(PgBackRest.Locked)).Should().Be(PgBackRest.Locked);

        Noted.Should().Be(before);
    }

    [Fact]
    public async Task Without_a_standby_the_primary_is_copied()
    {
        (await TakeAsync(56, 0)).Should().Be(0);

        LocalSources.ParseFailed(Noted).Should().BeFalse();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <param name="status">Its exit code with a standby.</param>
    /// <param name="alone">Its exit code without one.</param>
    private async Task<int> TakeAsync(int status, int alone = 99)
    {
        var program = Write("pgbackrest", $"case \"$*\" in *--no-backup-standby*) exit {alone} ;; *) exit {status} ;; esac");
        var take = Write("take-backup", BackupScripts.TakeBackup(program, Metrics));
        return (await ChildProcess.RunAsync("bash", [take, "full"], new Dictionary<string, string>(), null, null, TestContext.Current.CancellationToken)).ExitCode;
    }

    private string Write(string name, string body)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\nset -euo pipefail\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}

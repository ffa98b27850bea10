using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

/// <summary>Whatever the setting says, only a folder that carries this lab's marker is ever removed.</summary>
public sealed class LabHomeTests : IDisposable
{
    private const string Network = "127.99.99";
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-home-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/var")]
    [InlineData("/boot/")]
    [InlineData("relative/folder")]
    [InlineData("/var/lib/../lib/srelab")]
    [InlineData("/var//lib")]
    [InlineData("/var/lib/with space")]
    [InlineData("/var/lib/semi;colon")]
    [InlineData("/dev/shm")]
    public async Task A_setting_that_can_never_be_a_labs_folder_is_refused_by_up_and_down(string home)
    {
        var before = Directory.Exists(home) ? Directory.GetFileSystemEntries(home).Length : 0;

        (await UpRefusalAsync(home)).Should().StartWith("SRELAB_HOME '").And.Contain("nothing was touched");
        (await DownRefusalAsync(home)).Should().StartWith("SRELAB_HOME '").And.Contain("nothing was touched");

        (Directory.Exists(home) ? Directory.GetFileSystemEntries(home).Length : 0).Should().Be(before);
    }

    [Fact]
    public void An_empty_setting_is_the_default_place_never_the_working_folder()
    {
        var home = LabHome.Resolve(new LabSettings { Network = Network, Home = "  " });

        home.Root.Should().Be(Path.Combine(LabHome.DefaultParent(), Network));
        FluentActions.Invoking(() => LabHome.Resolve(new LabSettings { Network = "" })).Should().Throw<LabException>();
    }

    [Fact]
    public async Task A_foreign_folder_is_refused_and_untouched()
    {
        var file = Path.Combine(_folder, "precious.txt");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        (await UpRefusalAsync(_folder)).Should().Contain("holds files but no marker");
        (await DownRefusalAsync(_folder)).Should().Contain("holds files but no marker");

        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Should().Be("mine");
        File.Exists(_folder + ".lock").Should().BeFalse();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{ "kind": "srelab-lab", "layout": 1, "id": "x", "network": "127.99.99", "version": "0", "createdUtc": "2026-01-01T00:00:00Z", "runAs": "x", "isComplete": true }""")]
    public async Task A_marker_that_is_none_protects_the_folder(string marker)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "srelab-lab.json"), marker, TestContext.Current.CancellationToken);

        (await DownRefusalAsync(_folder)).Should().Contain("no marker");
    }

    [Fact]
    public async Task A_link_to_a_foreign_folder_is_refused_and_its_target_untouched()
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder, "target")).FullName;
        await File.WriteAllTextAsync(Path.Combine(target, "precious.txt"), "mine", TestContext.Current.CancellationToken);
        LabMarker.Create(Network, "nobody", DateTimeOffset.UnixEpoch).Write(Path.Combine(target, "srelab-lab.json"));
        var link = Path.Combine(_folder, "link");
        Directory.CreateSymbolicLink(link, target);

        (await UpRefusalAsync(link)).Should().Contain("symbolic link");
        (await DownRefusalAsync(link)).Should().Contain("symbolic link");
        (await DownRefusalAsync(link + "/")).Should().Contain("symbolic link");

        File.Exists(Path.Combine(target, "precious.txt")).Should().BeTrue();
    }

    [Fact]
    public async Task The_folder_of_another_lab_is_refused()
    {
        LabMarker.Create("127.99.98", "nobody", DateTimeOffset.UnixEpoch).Write(Path.Combine(_folder, "srelab-lab.json"));

        (await UpRefusalAsync(_folder)).Should().Contain("belongs to the lab on 127.99.98");
        (await DownRefusalAsync(_folder)).Should().Contain("belongs to the lab on 127.99.98");

        Directory.Exists(_folder).Should().BeTrue();
    }

    [Fact]
    public async Task A_dead_lab_with_a_reused_pid_is_removed_and_the_process_lives_on()
    {
        var home = Path.Combine(_folder, "lab");
        Directory.CreateDirectory(Path.Combine(home, "pids"));
        LabMarker.Create(Network, "nobody", DateTimeOffset.UnixEpoch).Write(Path.Combine(home, "srelab-lab.json"));
        var data = Directory.CreateDirectory(Path.Combine(home, "members", "pg-1", "pgdata")).FullName;
        await File.WriteAllTextAsync(Path.Combine(home, "pids", "haproxy"), $"{Environment.ProcessId} 1\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(data, "postmaster.pid"), $"{Environment.ProcessId}\n{data}\n1\n", TestContext.Current.CancellationToken);

        var down = await new LocalTarget(new LabSettings { Network = Network, Home = home })
            .DownAsync(new SilentProgress(), TestContext.Current.CancellationToken);

        down.WasUp.Should().BeTrue();
        down.EndedProcesses.Should().Be(0, "the recorded number belongs to this test, which started at another time");
        Directory.Exists(home).Should().BeFalse();
    }

    [Fact]
    public async Task Down_with_nothing_up_changes_nothing()
    {
        var down = await new LocalTarget(new LabSettings { Network = Network, Home = Path.Combine(_folder, "absent") })
            .DownAsync(new SilentProgress(), TestContext.Current.CancellationToken);

        down.WasUp.Should().BeFalse();
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void The_lock_names_nobody_twice_and_leaves_no_file()
    {
        var home = new LabHome(Path.Combine(_folder, "lab"), Network);
        using (LabLock.Take(home))
        {
            FluentActions.Invoking(() => LabLock.Take(home)).Should().Throw<LabException>().WithMessage("*is being changed by another process*");
        }

        LabLock.Take(home).Dispose();
        File.Exists(home.Lock).Should().BeFalse();
    }

    private static async Task<string> UpRefusalAsync(string home) =>
        (await FluentActions.Awaiting(() => Target(home).UpAsync(new SilentProgress(), CancellationToken.None)).Should().ThrowAsync<LabException>()).Which.Message;

    private static async Task<string> DownRefusalAsync(string home) =>
        (await FluentActions.Awaiting(() => Target(home).DownAsync(new SilentProgress(), CancellationToken.None)).Should().ThrowAsync<LabException>()).Which.Message;

    private static LocalTarget Target(string home) => new(new LabSettings { Network = Network, Home = home });
}

using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

public sealed class LabVolumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-volume-").FullName;

    private LabHome Home => new(_folder, "127.29.0");

    [Fact]
    public void A_volume_can_be_filled_and_is_taken_away_with_what_is_on_it()
    {
        RequireMounting();
        var volume = new LabVolume(Home, "lab1");

        var path = volume.Mount(1 << 20);
        var fill = () => File.WriteAllBytes(Path.Combine(path, "filler"), new byte[2 << 20]);

        fill.Should().Throw<IOException>("the volume holds half of that");
        new DriveInfo(path).TotalSize.Should().Be(1 << 20);

        volume.Unmount();
        Mounts.Below(_folder).Should().BeEmpty();
        Directory.Exists(path).Should().BeFalse();
    }

    [Fact]
    public void A_second_mount_replaces_what_an_earlier_run_left()
    {
        RequireMounting();
        var volume = new LabVolume(Home, "lab1");
        File.WriteAllText(Path.Combine(volume.Mount(1 << 20), "left"), "x");

        Directory.EnumerateFiles(volume.Mount(1 << 20)).Should().BeEmpty();
        Mounts.Below(_folder).Should().ContainSingle();
        volume.Unmount();
    }

    [Fact]
    public void A_file_system_of_somebody_else_is_neither_unmounted_nor_emptied()
    {
        RequireMounting();
        var theirs = Directory.CreateDirectory(Path.Combine(_folder, "members")).FullName;
        Posix.MountMemory("somebody", theirs, "size=65536");
        File.WriteAllText(Path.Combine(theirs, "precious"), "x");
        try
        {
            var marker = LabMarker.Create("127.29.0", "postgres", DateTimeOffset.UnixEpoch);
            var remove = () => new TearDown(Home, new LabNetwork("127.29.0"), marker, new SilentProgress()).RemoveFolder();

            remove.Should().Throw<LabException>().WithMessage("*members is a file system that this lab did not mount (tmpfs somebody); nothing was touched.*");
            File.Exists(Path.Combine(theirs, "precious")).Should().BeTrue();
        }
        finally
        {
            Posix.Unmount(theirs);
        }
    }

    [Fact]
    public void The_volume_of_another_lab_is_left_alone()
    {
        RequireMounting();
        var other = new LabVolume(Home, "lab1");
        other.Mount(1 << 20);

        var take = () => new LabVolume(Home, "lab2").Unmount();

        take.Should().Throw<LabException>();
        Mounts.Below(_folder).Should().ContainSingle();
        other.Unmount();
    }

    [Fact]
    public void Nothing_mounted_is_nothing_to_do() => new LabVolume(Home, "lab1").Unmount();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void RequireMounting()
    {
        if (LabVolume.WhyNot is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    private sealed class SilentProgress : IProgressLog
    {
        public void Say(string line)
        {
        }
    }
}

using FluentAssertions;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local.Machines;

public sealed class WalVolumeTests : IDisposable
{
    private static readonly ControlFile Control = new(4, 5, 16 << 20);
    private const string First = "000000010000000000000003";
    private const string Needed = "000000010000000000000004";
    private const string Recycled = "000000010000000000000009";

    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-wal-").FullName;
    private readonly LabNetwork _network = new("127.29.0");

    private LabHome Home => new(_folder, "127.29.0");

    private Member Member => _network.Members[0];

    private string Wal => Path.Combine(Home.MemberData(Member.Name), "pg_wal");

    private string Kept => Path.Combine(Home.Member(Member.Name), "pg_wal.kept");

    private WalVolume Volume => new(Home, _network, "lab1");

    public WalVolumeTests()
    {
        Directory.CreateDirectory(Path.Combine(Wal, "archive_status"));
        foreach (var name in new[] { First, Needed, Recycled, "00000002.history" })
        {
            File.WriteAllText(Path.Combine(Wal, name), name);
        }
    }

    [Fact]
    public void What_the_server_needs_to_start_is_on_the_volume_and_the_rest_waits_beside_it()
    {
        RequireMounting();
        Volume.Mount(Member, 1 << 20, Control);

        Directory.GetFiles(Wal).Select(Path.GetFileName).Should().BeEquivalentTo(Needed, "00000002.history");
        Directory.Exists(Path.Combine(Wal, "archive_status")).Should().BeTrue();
        Volume.Member.Should().Be(Member);
    }

    [Fact]
    public void Filled_it_takes_no_byte_more_and_emptied_it_does()
    {
        RequireMounting();
        Volume.Mount(Member, 1 << 20, Control);
        var write = () => File.WriteAllText(Path.Combine(Wal, "segment"), new string('x', 8192));

        Volume.Fill().Should().BeGreaterThan(900_000);
        write.Should().Throw<IOException>();
        Volume.Empty();
        write.Should().NotThrow();
    }

    [Fact]
    public void Taken_away_it_leaves_the_wal_that_was_there_and_what_was_written_meanwhile()
    {
        RequireMounting();
        Volume.Mount(Member, 1 << 20, Control);
        File.WriteAllText(Path.Combine(Wal, Needed), "written again");
        File.WriteAllText(Path.Combine(Wal, "000000010000000000000005"), "new");
        Volume.Fill();

        Volume.Unmount(isKept: true);

        Mounts.Below(_folder).Should().BeEmpty();
        Directory.GetFiles(Wal).Select(Path.GetFileName).Should().BeEquivalentTo(First, Needed, Recycled, "00000002.history", "000000010000000000000005");
        File.ReadAllText(Path.Combine(Wal, Needed)).Should().Be("written again");
        Volume.Member.Should().BeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Moved_away_by_a_run_that_was_killed_it_is_put_back(bool hasPlace)
    {
        Directory.Move(Wal, Kept);
        if (hasPlace)
        {
            Directory.CreateDirectory(Wal);
        }

        Volume.PutBack().Should().Equal(Member);

        Directory.GetFiles(Wal).Should().HaveCount(4);
        Directory.Exists(Kept).Should().BeFalse();
        Volume.PutBack().Should().BeEmpty();
    }

    [Fact]
    public void Where_the_server_has_WAL_nothing_is_put_over_it()
    {
        Directory.CreateDirectory(Kept);

        Volume.PutBack().Should().BeEmpty();

        Directory.GetFiles(Wal).Should().HaveCount(4);
    }

    [Fact]
    public void A_second_one_and_filling_none_are_refused()
    {
        RequireMounting();
        var fill = () => Volume.Fill();
        fill.Should().Throw<LabException>().WithMessage("fault refused: no member's WAL lies on a volume.*");

        Volume.Mount(Member, 1 << 20, Control);
        var again = () => Volume.Mount(_network.Members[1], 1 << 20, Control);
        again.Should().Throw<LabException>().WithMessage("fault refused: the WAL of pg-1 lies on a volume already.*");
    }

    [Fact]
    public void A_mount_that_is_refused_leaves_the_wal_where_it_was()
    {
        var mount = () => Volume.Mount(Member, -1, Control);

        mount.Should().Throw<LabException>().WithMessage("mount of *");
        Directory.GetFiles(Wal).Should().HaveCount(4);
        Mounts.Below(_folder).Should().BeEmpty();
    }

    [Fact]
    public void A_file_system_of_somebody_else_in_its_place_is_not_taken_for_it()
    {
        RequireMounting();
        Posix.MountMemory("somebody", Wal, "size=65536");
        try
        {
            Volume.Member.Should().BeNull();
            Volume.Unmount(isKept: false);
            Mounts.Below(_folder).Should().ContainSingle();
        }
        finally
        {
            Posix.Unmount(Wal);
        }
    }

    public void Dispose()
    {
        Volume.Unmount(isKept: false);
        Directory.Delete(_folder, recursive: true);
    }

    private static void RequireMounting()
    {
        if (LabVolume.WhyNot is { } reason)
        {
            Assert.Skip(reason);
        }
    }
}
